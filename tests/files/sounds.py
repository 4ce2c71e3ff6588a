"""The frames of small recordings, as far as anybody looks into them."""


def box(name, body=b""):
    return (len(body) + 8).to_bytes(4, "big") + name + body


def mp4(kind):
    handler = box(b"hdlr", b"\0" * 8 + kind + b"\0" * 12)
    return box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", box(b"trak", box(b"mdia", handler))) + box(b"mdat", b"sound")


def frame(size=16):
    return bytes([0xFF, 0xF1, 0x50, 0x80, size >> 3, (size & 7) << 5, 0xFC]) + b"\0" * (size - 7)


WEBM = b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x82\x84webm" + b"\x86\x86A_OPUS" + b"\0" * 40
OGG = b"OggS\0\x02" + b"\0" * 22 + b"OpusHead" + b"\0" * 40
M4A, VIDEO = mp4(b"soun"), mp4(b"vide")
AAC = frame() + frame()
RECORDINGS = {"留言.webm": WEBM, "留言.ogg": OGG, "留言.opus": OGG, "留言.m4a": M4A, "留言.mp4": M4A, "留言.aac": AAC}
