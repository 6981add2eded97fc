"""One line in many home languages that offers an interpreter to whoever needs one, and says that it is free.

It stands first on a sheet that is in a language its home does not read. Every line here is a draft: nobody who
speaks the language has checked it, and the sheet says so. A line somebody has checked, or one more language, is
one more entry of this table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from portfolio.words.languages import Direction, language

LINES: Final = {
    "am": "አስተርጓሚ ከፈለጉ እባክዎ ይንገሩን። በነጻ ነው።",
    "ar": "إذا كنتم بحاجة إلى مترجم، فأخبرونا من فضلكم. لا يكلّف ذلك شيئًا.",
    "bg": "Ако имате нужда от преводач, моля, кажете ни. Безплатно е.",
    "bn": "আপনার দোভাষী দরকার হলে দয়া করে আমাদের জানান। এর জন্য কোনো খরচ লাগে না।",
    "bs": "Ako vam je potreban prevodilac, molimo vas da nam kažete. To je besplatno.",
    "ckb": "ئەگەر پێویستتان بە وەرگێڕ هەیە، تکایە پێمان بڵێن. بێبەرامبەرە.",
    "cs": "Pokud potřebujete tlumočníka, řekněte nám to, prosím. Je to zdarma.",
    "de": "Wenn Sie jemanden zum Dolmetschen brauchen, sagen Sie es uns bitte. Es kostet nichts.",
    "el": "Αν χρειάζεστε διερμηνέα, παρακαλούμε πείτε μας το. Είναι δωρεάν.",
    "en": "If you need an interpreter, please tell us. It costs nothing.",
    "es": "Si necesita un intérprete, díganoslo, por favor. No cuesta nada.",
    "fa": "اگر به مترجم نیاز دارید، لطفاً به ما بگویید. رایگان است.",
    "fil": "Kung kailangan ninyo ng interpreter, pakisabi po sa amin. Libre ito.",
    "fr": "Si vous avez besoin d’un interprète, dites-le-nous, s’il vous plaît. C’est gratuit.",
    "gu": "જો તમને દુભાષિયાની જરૂર હોય, તો કૃપા કરીને અમને જણાવો. તે મફત છે.",
    "he": "אם אתם צריכים מתורגמן, אנא אמרו לנו. זה בחינם.",
    "hi": "अगर आपको दुभाषिए की ज़रूरत हो, तो कृपया हमें बताइए। इसका कोई पैसा नहीं लगता।",
    "hmn": "Yog koj xav tau ib tug neeg txhais lus, thov qhia rau peb. Nws yog pub dawb.",
    "hr": "Ako trebate tumača, molimo vas da nam kažete. Besplatno je.",
    "ht": "Si ou bezwen yon entèprèt, tanpri di nou sa. Li gratis.",
    "hu": "Ha tolmácsra van szüksége, kérjük, szóljon nekünk. Ingyenes.",
    "hy": "Եթե ձեզ թարգմանիչ է հարկավոր, խնդրում ենք ասել մեզ։ Դա անվճար է։",
    "id": "Jika Anda memerlukan juru bahasa, mohon beri tahu kami. Gratis.",
    "it": "Se ha bisogno di un interprete, ce lo dica, per favore. È gratuito.",
    "ja": "通訳が必要でしたら、どうぞお知らせください。無料です。",
    "ka": "თუ თარჯიმანი გჭირდებათ, გთხოვთ, გვითხრათ. ეს უფასოა.",
    "km": "បើលោកអ្នកត្រូវការអ្នកបកប្រែ សូមប្រាប់យើង។ មិនគិតថ្លៃទេ។",
    "ko": "통역사가 필요하시면 저희에게 말씀해 주세요. 무료입니다.",
    "ku": "Heke hewcedariya we bi wergêrekî hebe, ji kerema xwe ji me re bibêjin. Belaş e.",
    "lo": "ຖ້າທ່ານຕ້ອງການນາຍພາສາ, ກະລຸນາບອກພວກເຮົາ. ບໍ່ເສຍຄ່າ.",
    "my": "စကားပြန် လိုအပ်ပါက ကျေးဇူးပြု၍ ကျွန်ုပ်တို့ကို ပြောပါ။ အခမဲ့ဖြစ်ပါသည်။",
    "ne": "तपाईंलाई दोभाषे चाहिन्छ भने कृपया हामीलाई भन्नुहोस्। यो निःशुल्क हो।",
    "nl": "Als u een tolk nodig hebt, zeg het ons dan alstublieft. Het kost niets.",
    "om": "Yoo turjumaana barbaaddan, maaloo nutti himaa. Kaffaltii hin qabu.",
    "pa": "ਜੇ ਤੁਹਾਨੂੰ ਦੁਭਾਸ਼ੀਏ ਦੀ ਲੋੜ ਹੈ, ਤਾਂ ਕਿਰਪਾ ਕਰਕੇ ਸਾਨੂੰ ਦੱਸੋ। ਇਹ ਮੁਫ਼ਤ ਹੈ।",
    "pl": "Jeśli potrzebują Państwo tłumacza, prosimy nam o tym powiedzieć. To nic nie kosztuje.",
    "prs": "اگر به ترجمان ضرورت دارید، لطفاً به ما بگویید. رایگان است.",
    "ps": "که ژباړن ته اړتیا لرئ، مهرباني وکړئ موږ ته ووایاست. دا وړیا دی.",
    "pt": "Se precisar de um intérprete, avise-nos, por favor. É gratuito.",
    "ro": "Dacă aveți nevoie de un interpret, vă rugăm să ne spuneți. Este gratuit.",
    "ru": "Если вам нужен переводчик, скажите нам, пожалуйста. Это бесплатно.",
    "rw": "Niba mukeneye umusemuzi, mutubwire. Ni ubuntu.",
    "sk": "Ak potrebujete tlmočníka, povedzte nám to, prosím. Je to zadarmo.",
    "so": "Haddii aad u baahan tahay turjubaan, fadlan noo sheeg. Waa bilaash.",
    "sq": "Nëse keni nevojë për përkthyes, ju lutemi na tregoni. Është falas.",
    "sr": "Ако вам је потребан преводилац, молимо вас да нам кажете. То је бесплатно.",
    "sw": "Ukihitaji mkalimani, tafadhali tuambie. Ni bure.",
    "ta": "உங்களுக்கு மொழிபெயர்ப்பாளர் தேவைப்பட்டால், தயவுசெய்து எங்களிடம் சொல்லுங்கள். இது இலவசம்.",
    "te": "మీకు దుభాషి అవసరమైతే, దయచేసి మాకు చెప్పండి. ఇది ఉచితం.",
    "th": "ถ้าท่านต้องการล่าม โปรดบอกเรา ไม่มีค่าใช้จ่าย",
    "ti": "ተርጓሚ እንተደኣ ደሊኹም፡ በጃኹም ንገሩና። ብነጻ እዩ።",
    "tr": "Tercümana ihtiyacınız varsa lütfen bize söyleyin. Ücretsizdir.",
    "uk": "Якщо вам потрібен перекладач, скажіть нам, будь ласка. Це безкоштовно.",
    "ur": "اگر آپ کو مترجم کی ضرورت ہو تو براہِ کرم ہمیں بتائیں۔ یہ مفت ہے۔",
    "uz": "Agar sizga tarjimon kerak bo‘lsa, iltimos, bizga ayting. Bu bepul.",
    "vi": "Nếu quý vị cần thông dịch viên, xin cho chúng tôi biết. Dịch vụ này miễn phí.",
    "zh-Hans": "如果您需要口译员，请告诉我们。这是免费的。",
    "zh-Hant": "如果您需要口譯員，請告訴我們。這是免費的。",
}
"""The line by language (BCP 47). All but English are drafts that nobody has checked."""

_WRITTEN_AS: Final = {
    "zh": "zh-Hans", "cmn": "zh-Hans", "zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant",
    "zh-MO": "zh-Hant", "yue": "zh-Hant", "tl": "fil", "hnj": "hmn", "mww": "hmn", "kmr": "ku", "fa-AF": "prs",
    "ku-Arab": "ckb", "iw": "he", "in": "id",
}  # fmt: skip
"""Languages that read the line of another tag."""

_OTHER_LETTERS: Final = frozenset({"ku-Arab", "sr-Latn", "pa-Arab", "uz-Cyrl", "uz-Arab"})
"""Tags whose letters are not those of our line in the main language."""


MOST_OFFERS: Final = 3
"""So many languages offer an interpreter in one place."""


@dataclass(frozen=True)
class OfferLine:
    """The offer of an interpreter to one home, in one language: ``words`` is empty where we have no line in it."""

    lang: str
    name: str
    direction: Direction
    words: str

    @property
    def draft(self) -> bool:
        """Whether nobody has checked the line: all but the English one."""
        return bool(self.words) and self.lang != "en"


def offer_in(tag: str) -> OfferLine:
    """Return the offer of an interpreter in a language (BCP 47); with empty words where we have none."""
    main = tag.split("-", maxsplit=1)[0].lower()
    written = _WRITTEN_AS.get(tag, "")
    if not written and tag not in _OTHER_LETTERS:
        written = tag if tag in LINES else _WRITTEN_AS.get(main, main)
    known = language(tag)
    return OfferLine(
        lang=written if written in LINES else tag,
        name=known.own_name,
        direction=known.direction,
        words=LINES.get(written, ""),
    )


def offers_in(reads: Iterable[str], written: str) -> tuple[OfferLine, ...]:
    """Return the offer in each language a home reads, save that which is ``written`` around it; where we have a line."""
    own = written.split("-", maxsplit=1)[0].lower()
    others = (offer_in(tag) for tag in reads if tag.split("-", maxsplit=1)[0].lower() != own)
    found = {one.words: one for one in others if one.words}
    return tuple(found.values())[:MOST_OFFERS]
