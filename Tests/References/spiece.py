"""Reads the pieces and the map of characters of a SentencePiece model, for which transformers would need a library more."""

import struct


def fields(message):
    """The numbers and values of a Protocol Buffers message."""
    place = 0

    def integer():
        nonlocal place
        value = shift = 0
        while True:
            byte = message[place]
            place += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while place < len(message):
        tag = integer()
        if tag & 7 == 0:
            yield tag >> 3, integer()
            continue
        length = {1: 8, 5: 4}.get(tag & 7) or integer()
        yield tag >> 3, message[place : place + length]
        place += length


def pieces_and_character_map(file):
    """Pairs of piece and score by id, and the precompiled map."""
    pieces, character_map = [], None
    for number, value in fields(file.read_bytes()):
        if number == 1:
            piece = dict(fields(value))
            pieces.append((piece[1].decode(), struct.unpack("<f", piece[2])[0] if 2 in piece else 0.0))
        elif number == 3:
            character_map = dict(fields(value)).get(2, b"")
    return pieces, character_map
