"""Names of people as a telephone without marks writes them, and in small letters behind who says their own name."""

from namro.ground.text import fold

COMMON = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô|Dương|Hồ|Đinh|Trương|Đoàn|Lương|Trịnh|Phùng|"
    "Quách|Nghiêm"
)
RARER = "Mai|Cao|Lý|Tạ|Tô|Hà|Đào|Lâm|Châu|Thái|Tăng|Kiều"
_SURNAMES = fold(f"{COMMON}|{RARER}".replace("|", " ")).title().replace(" ", "|")
# Surnames that begin nothing else, and what makes a name of any: what stands behind them.
_SURE = "Nguyen|Tran|Pham|Huynh|Bui|Trinh|Phung|Quach|Nghiem"
_MIDDLE = "Van|Thi|Huu|Duc|Minh|Ngoc|Thanh|Quoc|Xuan|Dinh|Thu|Hoang|Kim"
# What begins like a name without marks and is none: places, and words of the matter.
_NO_PERSON = (
    r"(?!(?i:ho (?:chi minh|so|khau|tich|tro|ngheo|gia dinh|ten|va)|le (?:phi|tan|hoi)|dang (?:ky|ki|bo)|do thi|"
    r"ha (?:noi|nam|tinh|giang|tay|tien|nha)|thai (?:binh|nguyen|lan)|lam dong|cao (?:bang|hoc|tuoi|cap)|mai chau|"
    r"ly (?:do|lich|son)|duong (?:bo|pho|sat|thuy)|truong (?:hop|hoc|mam non)|doan (?:vien|the)|hoang (?:sa|tu)|"
    r"dinh (?:chinh|ky|danh)|luong (?:huu|thuc)|phan (?:loai|anh)|vo (?:chong|sinh)|vu (?:viec|an)|"
    r"to (?:khai|dan pho|chuc)|ta i|dao tao|chau (?:thanh|a|au)|tang cho)\b)"
)
_CAPITAL = r"[A-Z][a-z]+\b"
_CALLED = r"toi ten|ten toi|em ten|minh ten|chau ten|ten la|ho ten|ho va ten"
_SPOKEN = r"toi la|minh la|em la|chong toi la|vo toi la|con toi la|ong|ba|anh|chi|chau|cua|ten"
_NO_STREET = r"(?<!duong )(?<!Duong )(?<!pho )(?<!Pho )(?<!\d )"
_I = r"(?:tôi|toi|em|mình|minh|cháu|chau|chồng|chong|vợ|vo|(?:chồng|chong|vợ|vo|con) (?:tôi|toi|em))"
# Where a name in small letters ends.
_BEHIND = (
    "muốn cần xin hỏi ở sinh làm có bị cho và đang số quên hiện đã chưa đến đi mất mà để được không tôi em con chồng "
    "vợ ngụ sống tại cccd gì"
).split()
_ENDS = "|".join(sorted({*_BEHIND, *map(fold, _BEHIND)}))

# What stands in front and stays, and the name.
PATTERNS = (
    (
        rf"\b{_I}\s+(?:tên|ten)(?:\s+(?:là|la))?\s*:?\s+",
        rf"(?i:(?:{COMMON}|{RARER}|{_SURNAMES})(?:\s+(?!(?:{_ENDS})\b)[^\W\d_]+){{1,3}})",
    ),
    (rf"\b(?:{_CALLED})\b\s*(?:la\b)?\s*:?\s*", rf"{_CAPITAL}(?:\s+{_CAPITAL}){{1,5}}"),
    (rf"\b(?:{_SPOKEN})\b\s*:?\s*", rf"{_NO_PERSON}(?:{_SURNAMES})(?:\s+{_CAPITAL}){{1,4}}"),
    (
        "",
        (
            rf"{_NO_STREET}\b{_NO_PERSON}(?:(?:{_SURE})(?:\s+{_CAPITAL}){{2,4}}"
            rf"|(?:{_SURNAMES})\s+(?:{_MIDDLE})(?:\s+{_CAPITAL}){{1,3}})"
        ),
    ),
    ("", rf"\b(?:{_SURNAMES.upper()})\s+(?:VAN|THI)(?:\s+[A-Z]+\b){{1,2}}"),
)
