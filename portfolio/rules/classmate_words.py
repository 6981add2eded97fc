# long: the words of many languages stand in one place
"""What stands in place of a classmate's name, and names that are words as well: by language, and nothing but data.

The words in place of a name stand in the middle of somebody's sentence, so they are kept short, name no boy and no
girl, and go with any case. They are ours; nobody who speaks the language has checked them but for English.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NEUTRAL: Final[Mapping[str, tuple[str, str]]] = {
    "en": ("a classmate", "classmates"),
    "es": ("alguien de la clase", "otras personas de la clase"),
    "fr": ("quelqu’un de la classe", "d’autres élèves de la classe"),
    "de": ("jemand aus der Klasse", "andere aus der Klasse"),
    "pt": ("alguém da turma", "outras pessoas da turma"),
    "it": ("qualcuno della classe", "altre persone della classe"),
    "nl": ("iemand uit de klas", "anderen uit de klas"),
    "sv": ("någon i klassen", "andra i klassen"),
    "pl": ("ktoś z klasy", "inni z klasy"),
    "ro": ("cineva din clasă", "alții din clasă"),
    "tr": ("sınıftan biri", "sınıftan başkaları"),
    "vi": ("một bạn cùng lớp", "các bạn cùng lớp"),
    "tl": ("isang kaklase", "mga kaklase"),
    "ht": ("yon kamarad klas", "kèk kamarad klas"),
    "so": ("arday fasalka ah", "arday fasalka ah"),
    "sw": ("mwanafunzi wa darasa", "wanafunzi wa darasa"),
    "ru": ("кто-то из класса", "другие из класса"),
    "uk": ("хтось із класу", "інші з класу"),
    "ar": ("أحد زملاء الصف", "بعض زملاء الصف"),
    "fa": ("یکی از همکلاسی‌ها", "چند همکلاسی"),
    "prs": ("یکی از همصنفی‌ها", "چند همصنفی"),
    "ps": ("یو ټولګیوال", "ټولګیوال"),
    "ur": ("ایک ہم جماعت", "کچھ ہم جماعت"),
    "he": ("מישהו מהכיתה", "אחרים מהכיתה"),
    "hi": ("एक सहपाठी", "कुछ सहपाठी"),
    "ne": ("एक सहपाठी", "केही सहपाठी"),
    "bn": ("একজন সহপাঠী", "কয়েকজন সহপাঠী"),
    "pa": ("ਇੱਕ ਜਮਾਤੀ", "ਕੁਝ ਜਮਾਤੀ"),
    "zh": ("一位同学", "几位同学"),
    "yue": ("一位同學", "幾位同學"),
    "ja": ("クラスの人", "クラスの人たち"),
    "ko": ("같은 반 친구", "같은 반 친구들"),
    "am": ("የክፍል ጓደኛ", "የክፍል ጓደኞች"),
}
"""One classmate, several of them: by main language."""

NOBODY: Final = ("…", "…")
"""What stands there in a language we have no words for: better no word than a strange one."""

_WORDS: Final[Mapping[str, str]] = {
    "en": """will rose grace may june april august hope faith joy summer autumn dawn eve ivy lily daisy violet iris poppy
    olive hazel heather holly jasmine ginger ruby pearl amber jade crystal coral sky star river brook lake forest reed
    heath cliff dale glen clay rocky stone rusty sandy sunny stormy rain snow frost wolf bear robin wren jay martin raven
    phoenix mark bill bob rob jack nick pat sue drew grant chase chance hunter carter mason parker page miles frank
    earnest art gene guy ray rich dean duke earl king prince princess baron bishop pope major max penny buck bud buddy
    dolly candy cherry honey sugar angel blessing charity comfort constance destiny felicity genesis glory harmony haven
    heaven honor honour justice liberty love lucky melody mercy miracle patience peace precious prudence serenity treasure
    trinity true unity verity victory winter world young long short brown green white black gray grey gold silver baker
    cook smith taylor fisher farmer miller potter carpenter gardener singer walker turner wood woods hill hills field
    fields bush moon day best good bright sharp small little strong swift wise sweet noble rice bean berry pepper curry
    bell book case cash ford gates hall house church park parks price english french german spain paris london sydney
    austin dallas houston denver madison savannah india asia china israel jordan chad kenya georgia virginia carolina
    florence vienna milan lane ally ace van song sun wing rush cross banks west north south east ash birch basil sage
    clover dove ember ever fern finn flora fox gem goldie happy hero ice jewel journey judge knight lark law leaf legend
    maple marigold marina merry misty nova ocean opal pa pilot rainbow reef ridge rain ranger reader rider rowan royal
    saint sailor scout shepherd skip sparrow spring storm story sunday tiger teal thunder valentine viola wade ward
    warren waters webb welcome wild winner wolfe wright zion said amen an so my man sam bo do be he ha hi an in on no
    ma la les tad tan tom tiny trey trip turquoise velvet wednesday monday friday tuesday thursday saturday""",
    "es": """rosa luz paz sol mar luna flor cruz reyes santos ángel ángela esperanza gloria victoria mercedes dolores
    consuelo amparo milagros pilar perla rocío rosario soledad salvador socorro violeta alegría alma aurora blanca
    celeste clara estrella fe linda margarita pastora reina vega león iglesias calle campos casas castillo delgado
    guerrero herrero moreno rubio blanco prado río ríos rojas rosas sierra torres valle vaca abril julio mayo domingo
    amada amor bella cielo clemente cristal dulce fuentes gracia guadalupe jardín jazmín lucero marina nieves paloma
    plata prudencia ramos rey serena segundo valentía viento zapatero franco leal bravo bueno caro cordero""",
    "fr": """rose claire pierre blanche reine marguerite fleur ange aimé aimée constant désiré olive france parfait
    prudence violette capucine prune clément juste petit grand leblanc lebrun legrand lefort roi roy martin marin
    aurore céleste cerise colombe jade perle lune soleil étoile espérance grâce victoire pascal noël avril août mai
    boulanger berger fontaine forêt rivière lavigne dubois""",
    "de": """ernst wolf rosa mark kai heide linde viola engel sommer winter herbst fischer bäcker schneider koch schwarz
    weiß weiss groß gross klein lang kurz jung stein berg vogel fuchs hahn hase könig kaiser frank may mai juli august
    april rose frost sonne stern blume braun grün gold silber wald feld bach busch bauer jäger richter schmidt vater
    bernd ernst freund gut roth rot blau will lilie iris jasmin erika veronika dahlia""",
    "pt": """rosa luz paz sol mar lua flor cruz reis santos anjo esperança glória vitória dores socorro pérola alma
    aurora branca celeste clara estrela fé linda margarida rainha leão abril maio júlio domingos campos moreno
    rocha pereira oliveira carvalho coelho pinto silva cordeiro franco leal""",
    "it": """rosa luce pace sole mare luna fiore croce gloria vittoria perla alma aurora bianca celeste chiara stella
    fede linda margherita regina leone aprile maggio luglio domenico franco leale allegra grazia gioia speranza
    serena viola angelo angela marina rossi bruno costa fontana""",
    "vi": """an anh ánh bảo bình cẩm châu chi cúc cường diệu dũng dung dương đào đạt đức giang hà hải hân hạnh hào hậu
    hiền hiếu hoa hòa hoài hoàng hồng huệ hùng hương khánh khôi kiên kim kỳ lam lan lâm lâu lệ liên linh loan lộc long
    lực lý mai mây minh mỹ nam nga ngân nghĩa ngọc nguyên nguyệt nhân nhi nhiên như oanh phát phong phú phúc phương
    quang quân quế quốc quý quyên quỳnh sang sen sơn sương tài tâm tân tấn thái thanh thành thảo thắng thi thiện thịnh
    thọ thu thúy thùy thủy tiên tiến tín toàn trang trí trinh trúc trung trường tú tuấn tuệ tùng tuyết uyên vân việt
    vinh vũ vy xuân yên yến""",
    "ar": """أمل نور سلام هدى جمال كريم سعيد فرح إيمان رحمة سعاد سماء شمس قمر نجمة ورد وردة زهرة ندى ربيع حياة حنان
    صفاء وفاء ضياء ضحى فجر عادل صالح صادق أمين شريف حسن محمود ناصر نصر فهد أسد بدر هلال سيف نبيل رشيد طاهر ماجد
    مجد عز عمر ليل ليلى رضا رجاء دعاء شفاء بشرى جنة جنى مرح مها ريم غزال سحر سمر هبة آية سورة حلم أحلام آمال أماني
    منى نعمة بركة بهاء علاء جلال كمال عماد سند سعد خالد خير يسر عبير عطر ياسمين ريحان نسرين سوسن لولو لؤلؤ جوهرة ذهب""",
    "fa": "امید نور سلام جمال کریم سعید فرح ایمان رحمت آسمان خورشید ماه ستاره گل بهار نرگس یاس آرزو رویا دریا باران شادی مهر سحر",
    "ur": "امید نور سلام جمال کریم سعید ایمان رحمت آسمان گل بہار نرگس آرزو دریا خوشی سحر روشنی",
    "he": "אור טל גיל שיר רון אביב גל חן ים נועם שחר אורי זיו עומר דבש יעל צבי זאב אריה דב שלום תקווה אהבה שמחה ברכה",
    "tr": "deniz gül umut barış güneş yıldız ay can çiçek nehir yağmur bulut toprak ateş eylül sevgi duygu savaş kaya",
    "hi": "आशा ज्योति प्रेम शांति सूरज चाँद तारा फूल पूजा दीपक सागर राजा रानी खुशी माया कमल",
    "ne": "आशा ज्योति प्रेम शान्ति सूर्य चन्द्र तारा फूल पूजा सागर राजा रानी खुसी माया कमल",
    "zh": "希望 春天 阳光 星星 月亮 高兴 快乐 明天 小雨 大海 平安 美丽 和平 光明 天天 文明 进步",
    "ja": "のぞみ ひかり さくら そら うみ はな ゆき あおい みらい まこと しずか 希望 光 桜 空 海 花 雪 葵 未来 誠 静 愛 翼 大地",
    "ko": "하늘 바다 별 햇살 사랑 보람 나라 우리 가을 여름 겨울 봄 슬기 지혜 소망 은혜 평화 이슬 샛별 가람 아름 한별",
    "ru": "надежда вера любовь лев роза слава мир рада лилия виктория",
    "uk": "надія віра любов лев роза слава мир рада лілія злата зоряна світлана",
    "so": "nimco nasteexo hodan rajo xasan samira nuur faarax",
    "sw": "amani furaha neema imani baraka rehema zawadi upendo tumaini jabali simba nuru",
}

NAME_WORDS: Final[Mapping[str, frozenset[str]]] = {
    lang: frozenset(text.split()) for lang, text in _WORDS.items()
}
"""Names that are everyday words as well, by main language."""

BY_VERB: Final = frozenset(
    """said says told tells showed shows helped helps asked asks taught teaches gave gives played laughed thinks thought
    wanted liked likes wrote came went sat let was dijo ayudó enseñó preguntó a dit aidé hat sagte half zeigte""".split()
)
"""Words that follow a person more often than a thing."""

BESIDE: Final = frozenset(
    """with friend friends partner classmate buddy named called neighbor neighbour teammate con amigo amiga compañero
    compañera llamada llamado avec ami amie copain copine mit freund freundin namens com colega مع صديقي صديقتي زميلي
    زميلتي صاحبي صاحبتي عند با دوستم دوست ساتھ עם חבר חברה с со з із зі bạn cùng với""".split()
)
"""Words before which, or after which, a name stands more often than a word."""

IS_ENOUGH: Final = frozenset(
    """friend partner classmate buddy neighbor neighbour teammate amigo amiga compañero compañera ami amie copain copine
    freund freundin colega صديقي صديقتي زميلي زميلتي صاحبي صاحبتي دوستم bạn друг подруга друга подругою""".split()
)
"""Words after which a name may simply go: "my friend Lina" is "my friend"."""

NO_NAME_AFTER: Final = frozenset(
    "lake mount queen king saint san santa st cape port viet việt the a an lago río".split()
)
"""Before these, and before other capitals, a word with a capital is a place or a day, not a classmate."""

IN_TIME: Final = frozenset(
    "in on of by since until last next this every late early en de im am um au before after".split()
)
MONTHS: Final = frozenset(
    "may june april august april mai juli august abril julio mayo maio júlio aprile maggio luglio avril août".split()
)
"""Months that are names: after a word of time they are months."""

AS_QUESTION: Final = frozenset("i you we he she they it the my be there this that your our not".split())
"""After "Will" and "May" at the beginning these make a question."""

SMALL_WORDS: Final = frozenset(
    """i i'm she he we they it the a an and then my our his her but so because when after before to in on at for with is was
    you your this that if or as of by not no yes all some me us them there here where what who how why""".split()
)
"""Words a sentence often begins with; children leave out full stops."""

KNOWN_PEOPLE: Final = frozenset(
    tuple(pair.split("+"))
    for pair in """rosa+parks martin+luther anne+frank marie+curie harry+potter amelia+earhart helen+keller frida+kahlo
    ruby+bridges harriet+tubman malala+yousafzai jane+goodall albert+einstein isaac+newton leonardo+da vincent+van
    pablo+picasso charlie+brown charlie+chocolate lionel+messi leo+messi cristiano+ronaldo taylor+swift emma+watson
    serena+williams simone+biles michael+jordan neil+armstrong sally+ride mae+jemison katherine+johnson ada+lovelace
    george+washington abraham+lincoln thomas+edison alexander+graham benjamin+franklin christopher+columbus
    cesar+chavez dolores+huerta sonia+sotomayor barack+obama nelson+mandela mahatma+gandhi florence+nightingale
    jackie+robinson jesse+owens muhammad+ali roald+dahl dr+seuss eric+carle maurice+sendak peter+rabbit peter+pan
    percy+jackson greg+heffley junie+b ramona+quimby matilda+wormwood lucy+maud charlotte+web winnie+the elsa+anna
    ana+frank gabriel+garcía clara+barton nikola+tesla charles+darwin william+shakespeare mother+teresa maria+montessori
    wilma+rudolph louis+braille george+carver alice+wonderland max+planck anna+elsa marco+polo victoria+falls""".split()
)
"""People many children write about: two words, as they follow each other. They are no classmates."""

AND: Final = frozenset(
    "and & y e et und en och och i a và at ak iyo na и и та і و और र ও ve și și plus".split()
)
"""What joins names to a row."""
