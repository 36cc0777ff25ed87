"""Short news in the languages that the room must tell apart, written for these tests."""

NEWS = {
    "bg": "Кметът на Пловдив откри нов мост над Марица. Съоръжението ще облекчи движението в района, каза той пред "
    "журналисти. „Строежът продължи две години“, обясни главният инженер – и струва 14 млн. лева.",
    "uk": "Міський голова Полтави відкрив новий міст через Ворсклу. Споруда полегшить рух у районі, сказав він "
    "журналістам. «Будівництво тривало два роки», – пояснив головний інженер, воно коштувало 14 млн гривень.",
    "ru": "Мэр Твери открыл новый мост через Волгу. Сооружение облегчит движение в районе, сказал он журналистам. "
    "«Строительство продолжалось два года», – объяснил главный инженер, оно стоило 14 млн рублей.",
    "en": "The mayor of Leeds opened a new bridge over the river. The structure will ease traffic, he told "
    "reporters. Construction took two years and cost 14 million pounds.",
}
FOREIGN = {
    "be": "Мэр Гомеля адкрыў новы мост праз Сож. Збудаванне палегчыць рух у раёне, сказаў ён журналістам.",
    "mk": "Градоначалникот отвори нов мост. Градбата траеше две години и чинеше 14 милиони денари, изјави тој.",
    "sr": "Градоначелник Ниша отворио је нови мост. Изградња је трајала две године и коштала 14 милиона динара.",
    "kk": "Қала әкімі өзен үстінен жаңа көпір ашты. Құрылыс екі жылға созылды.",
    "de": "Der Bürgermeister eröffnete eine neue Brücke über den Fluss. Die Bauarbeiten dauerten zwei Jahre.",
    "pl": "Burmistrz otworzył nowy most na rzece. Budowa trwała dwa lata i kosztowała 14 milionów złotych.",
    "fr": "Le maire a inauguré un nouveau pont sur la rivière. Les travaux ont duré deux ans.",
}
