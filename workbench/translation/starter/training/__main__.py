"""The steps from corpora to the packages that ship: `python -m workbench.translation.starter.training --help`."""

import argparse
import json
from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "model"
NAMES = Path(__file__).parents[2] / "name_tables"


def main() -> None:
    """Read the command line and run one step."""
    parser = argparse.ArgumentParser(
        prog="python -m workbench.translation.starter.training",
        description="Makes the starter model. The steps, in order: prepare, cache, train, convert, evaluate, pack. "
        "Train the decoder alone first, then once more with --thaw. To go on from the model that ships: start, "
        "prepare, train --thaw 6, convert, evaluate, pack; with a GPU: train --thaw 8 --dropout 0.1 --device cuda, "
        "and first reverse, train there, back-translate.",
    )
    steps = parser.add_subparsers(dest="step", required=True)
    _paths(steps.add_parser("start", help="go on from a package: its vocabulary and weights"), "package", "work")
    _paths(steps.add_parser("prepare", help="choose pairs, cut them into pieces, align the pieces"), "corpora", "work")
    _paths(steps.add_parser("cache", help="run the frozen encoder over all pairs, once"), "work")
    train = steps.add_parser("train", help="train against the clock; started again, it goes on")
    _paths(train, "work")
    train.add_argument("--minutes", type=float, required=True, help="for all sessions together")
    train.add_argument("--workers", type=int, default=1, help="processes of one thread that share weights")
    train.add_argument("--tokens", type=int, default=3072, help="English pieces in a batch, for one worker")
    train.add_argument("--thaw", type=int, default=0, help="upper layers of the encoder that learn too; 8 for all")
    train.add_argument("--dropout", type=float, default=0.0, help="for long training on a GPU: 0.1")
    train.add_argument("--draws", type=int, default=12_000, help="pairs drawn at a time; 100000 for a GPU")
    train.add_argument("--device", default="cpu", help="cpu or cuda")
    train.add_argument("--matrix-rate", type=float, default=0.02)
    train.add_argument("--vector-rate", type=float, default=3e-3)
    convert = steps.add_parser("convert", help="average the last weights and write a CTranslate2 package")
    _paths(convert, "corpora", "work", "package")
    convert.add_argument("--last", type=int, default=3, help="how many saved weights to average")
    convert.add_argument("--blend", type=Path, metavar="PACKAGE", help="take the weights of this package into the mean")
    convert.add_argument("--share", type=float, default=0.5, help="share of that package's weights")
    evaluate = steps.add_parser("evaluate", help="score a package on development sets and write a report")
    _paths(evaluate, "package", "sets", "report")
    evaluate.add_argument("--lines", type=int, help="only the first lines of each set")
    evaluate.add_argument("--names", nargs="+", default=["flores-dev", "ntrex-dev"])
    pack = steps.add_parser("pack", help="put a package where the product ships it")
    _paths(pack, "package", "report")
    pack.add_argument("--shipped", type=Path, default=SHIPPED)
    reverse = steps.add_parser("reverse", help="lay out prepared pairs the other way round, for another WORK")
    _paths(reverse, "work", "reversed")
    back = steps.add_parser("back-translate", help="make pairs of English sentences with what was trained there")
    _paths(back, "reversed", "english", "work")
    back.add_argument("--device", default="cpu", help="cpu or cuda")
    names = steps.add_parser("names", help="build the tables of names from the pairs, cities and a census")
    _paths(names, "corpora", "cities", "census")
    names.add_argument("--out", type=Path, default=NAMES)
    _run(parser.parse_args())


def _paths(parser: argparse.ArgumentParser, *names: str) -> None:
    for name in names:
        parser.add_argument(name, type=Path)


def _run(chosen: argparse.Namespace) -> None:
    from workbench.embedding.bundled import bundled_encoder
    from workbench.translation.starter.training import evaluate, pack, prepare, train

    if chosen.step == "start":
        from workbench.translation.starter.training.start import start_from

        start_from(chosen.package, bundled_encoder(), chosen.work)
    elif chosen.step == "prepare":
        prepare.prepare(chosen.corpora, bundled_encoder(), chosen.work)
    elif chosen.step == "cache":
        prepare.cache_states(bundled_encoder(), chosen.work)
    elif chosen.step == "train":
        plan = train.Plan(
            60 * chosen.minutes,
            tokens=chosen.tokens,
            matrix_rate=chosen.matrix_rate,
            vector_rate=chosen.vector_rate,
            thawed=chosen.thaw,
            dropout=chosen.dropout,
            draws=chosen.draws,
            device=chosen.device,
        )
        train.train_with_workers(chosen.work, bundled_encoder(), plan, chosen.workers)
    elif chosen.step == "reverse":
        from workbench.translation.starter.training import reverse

        reverse.reverse(chosen.work, bundled_encoder(), chosen.reversed)
    elif chosen.step == "back-translate":
        from workbench.translation.starter.training import reverse

        reverse.back_translate(chosen.reversed, bundled_encoder(), chosen.english, chosen.work, chosen.device)
    elif chosen.step == "convert":
        from workbench.translation.starter.training.convert import convert

        blend = (chosen.blend, chosen.share) if chosen.blend else None
        convert(chosen.corpora, chosen.work, bundled_encoder(), chosen.package, chosen.last, blend)
    elif chosen.step == "evaluate":
        report = evaluate.evaluate(chosen.package, chosen.sets, chosen.names, ["bg", "uk", "ru"], chosen.lines)
        text = json.dumps(report, ensure_ascii=False, indent=1)
        chosen.report.write_text(text, encoding="utf-8")
        print(text)
    elif chosen.step == "names":
        from workbench.translation.starter.training import corpus, names

        names.build(corpus.read_pairs(chosen.corpora), chosen.cities, chosen.census, chosen.out)
    else:
        pack.pack(chosen.package, chosen.shipped, json.loads(chosen.report.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
