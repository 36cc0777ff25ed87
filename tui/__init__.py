"""The reviewer's desk: a Textual program over `workbench.Project`."""
