"""Words that no term begins or ends with: the commonest words of news that say nothing by themselves."""

from workbench.languages import BG, EN, RU, UK

_BG = """
а ако ала без беше би били бил била било бях бяха в вас ваш ваши вече ви все всеки всички всичко всяка във
въпреки върху г ги го година години годината д да дали два две до докато дори е един една едно една единия
ето за заради защо защото и из или им има имат й каза казва как каква какво както какъв като кога когато
което които кой който колко която към ли м между ме мен ми много може можем моля му на над най нас не него
нещо нея ни ние никой нито но някои някой няма обаче около освен от по повече под пред преди през при пък са
сам само се сега си след сме според сред срещу съм със също т така такъв там твой те тези ти то това тогава
той този толкова точно три тук тъй тя тях у че чрез ще щом я беше бъде бъдат било има ден дни днес вчера
утре нов нова ново нови друг друга друго други първи първа част време начин човек хора заяви съобщи добави
"""
_UK = """
а або адже але б без би більше був була були було буде будуть в вам вас ваш весь вже ви від вона вони воно
все всі всіх він г де для до його є ж за з зі із її їй їм їх й і інші інший каже коли крім ли лише між ми
мені мій може можна на над нам нас наш не нема ні ним них ніж но о один одна одне однак ось от по поки потім
при про проти під після раз рік році року роки с сам саме своє своєї свої себе сказав сказала та так такий
також там твій те теж ти тим тисяч тільки то тобі того тоді той тому три ту у хто це цей ці цього цьому
через цією час часу чи чого чому ще що щоб щодо я як яка яке який які якого якщо день дні дня сьогодні вчора
завтра інше новий частина людина люди заявив повідомив додав зазначив
"""
_RU = """
а без более бы был была были было будет будут в вам вас ваш весь во вот все всего всех вы где год года году
да даже для до его ее ей если есть еще ж же за здесь и из или им их к как какой ко когда который кто ли либо
между меня мне может мы на над надо нас наш не него нее ни них но ну о об один одна однако он она они оно от
очень по под после потом потому почти при про против раз с сам самый свое свой себя сейчас сказал сказала со
так также такой там те тем теперь то тогда того тоже только том тот ты у уже хотя чего чей чем через что
чтобы эта эти это этого этой этом этот я день дня дней сегодня вчера завтра новый другой часть время человек
люди заявил сообщил добавил отметил
"""
_EN = """
a about above after again against all also am an and any are as at be because been before being below
between both but by can could day days did do does doing down during each even every few first for from
further get had has have having he her here hers him his how i if in into is it its just last like made make
many may me more most much must my new no nor not now of off on once one only or other our out over own
people said same say says she should since so some such than that the their them then there these they this
those three through time times to today together told tomorrow too two under until up very was way we were
what when where which while who whom why will with would year years yesterday you your
"""

#: By language, words in the form that `lemmas.folded` gives them.
STOPWORDS = {
    code: frozenset(text.replace("ё", "е").split()) for code, text in {BG: _BG, UK: _UK, RU: _RU, EN: _EN}.items()
}
