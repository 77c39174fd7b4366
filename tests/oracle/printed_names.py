"""How statements print whom a payment was for, in two languages, with changing references."""

import random
from datetime import date

NAMES = {
    "rent": ("安居物业租赁有限公司", "Hillside Lettings"),
    "wages": ("东方机电有限公司", "Northgate Engineering Ltd"),
    "office": ("创业园管理中心", "Harbour Workspaces"),
    "video": ("爱奇艺", "NETFLIX.COM"),
    "software": ("云桥软件", "ADOBE CREATIVE CLOUD"),
    "electricity": ("国网北京市电力公司", "City Power & Light"),
    "phone": ("中国移动", "VODAFONE LTD"),
    "insurer": ("中国平安人寿保险股份有限公司", "AVIVA INSURANCE"),
    "broadband": ("中国联通", "BT GROUP PLC"),
    "gym": ("力健健身俱乐部", "PUREGYM LTD"),
    "lessons": ("小音符钢琴教室", "Keys Music School"),
    "cleaning": ("洁净家政服务", "Bright Home Cleaning"),
    "property": ("绿城物业服务中心", "Riverside Estate Management"),
    "domain": ("阿里云计算有限公司", "NAMECHEAP INC"),
    "gas": ("北京燃气集团", "Regional Gas Supply"),
    "bank": ("结息", "INTEREST PAID"),
    "market": ("京东商城", "AMAZON"),
    "lender": ("住房贷款中心", "Nationwide Building Society"),
    "course": ("英语流利说", "LANGUAGE COURSE ONLINE"),
    "pension": ("社会保险基金管理中心", "STATE PENSION"),
    "coffee": ("瑞幸咖啡", "COSTA COFFEE"),
    "canteen": ("科技园食堂", "Staff Canteen"),
    "groceries": ("永辉超市", "TESCO STORES"),
    "takeaway": ("美团外卖", "DELIVEROO"),
    "taxi": ("滴滴出行", "UBER TRIP"),
    "petrol": ("中国石化加油站", "SHELL FORECOURT"),
    "friend": ("微信转账", "Transfer to friend"),
    "hair": ("美发工作室", "Corner Barber"),
    "pharmacy": ("同仁堂药店", "BOOTS PHARMACY"),
    "card": ("信用卡还款", "CREDIT CARD PAYMENT"),
    "savings": ("本人储蓄账户", "Own savings account"),
    "machine": ("自助取款机", "CASH MACHINE"),
    "travel card": ("公交一卡通充值", "TRANSIT CARD TOP UP"),
    "customer": ("货款", "INVOICE PAYMENT"),
}
TRADES = (
    ("书店", "玩具店", "五金店", "花店", "家具城", "电影院", "医院", "酒店", "旅行社", "鞋店"),
    ("BOOKSHOP", "TOYS", "HARDWARE", "FLORIST", "FURNITURE", "CINEMA", "CLINIC", "HOTEL", "TRAVEL"),
)
PLACES = (
    ("城东", "城西", "南湖", "北苑", "中山", "解放路", "滨江", "青年"),
    ("EASTSIDE", "OLD TOWN", "STATION", "PARK LANE", "CHAPEL", "MILL ROAD", "QUAYSIDE"),
)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


class Printer:
    """One statement's language and style."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.language = rng.randrange(2)
        self.style = rng.choice([self._wallet, self._bank, self._text_only, self._by_month])

    def printed(self, who: str, day: date) -> tuple[str, str]:
        """Counterparty and text of a row."""
        return self.style(NAMES[who][self.language] if who in NAMES else who, day)

    def some_shop(self) -> str:
        """A shop that is seldom visited twice."""
        place = self.rng.choice(PLACES[self.language])
        return f"{place}{' ' * self.language}{self.rng.choice(TRADES[self.language])}"

    def _number(self, digits: int) -> str:
        return "".join(self.rng.choice("0123456789") for _ in range(digits))

    def _wallet(self, name: str, day: date) -> tuple[str, str]:
        word = ("订单", "Order")[self.language]
        return name, f"{word} {day:%Y%m%d}{self._number(10)}"

    def _bank(self, name: str, day: date) -> tuple[str, str]:
        return f"{name} {self._number(6)}", ("快捷支付", "Direct debit")[self.language]

    def _text_only(self, name: str, day: date) -> tuple[str, str]:
        code = "".join(self.rng.choice(LETTERS) for _ in range(8))
        return "", (f"{name}{self._number(12)}", f"{name} {code}")[self.language]

    def _by_month(self, name: str, day: date) -> tuple[str, str]:
        return "", (
            f"{name}{day.year}年{day.month}月{day.day}日",
            f"CARD PAYMENT TO {name} ON {day:%d %b %Y}".upper(),
        )[self.language]
