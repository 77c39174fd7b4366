"""Archives as wallets send them."""

from io import BytesIO

import pyzipper


def packed(password: str, method: str, name: str = "账单.csv") -> bytes:
    file = BytesIO()
    kind = {"compression": pyzipper.ZIP_DEFLATED}
    if method == "aes":
        kind |= {"encryption": pyzipper.WZ_AES}
    with pyzipper.AESZipFile(file, "w", **kind) as archive:
        if password:
            archive.setpassword(password.encode())
        archive.writestr("说明.txt.pdf", b"%PDF")
        archive.writestr(name, "Date,Description,Amount\n2026-03-14,Rent,-10.00\n")
    return file.getvalue()
