import { Sha256Stream, sha256 } from '@sentinode/core';

/** An ONNX file that comes in pieces, each made when it is asked for, so that a large one need never be held whole. */
export interface OnnxFile {
  /** Bytes in all. */
  readonly length: number;
  /** The bytes in order; @throws as what makes them, e.g. `weights-invalid` for a tensor that is not finite */
  pieces(): Iterable<Uint8Array>;
}

/** A file that is held. */
export function wholeFile(bytes: Uint8Array): OnnxFile {
  return { length: bytes.length, pieces: () => [bytes] };
}

/** All bytes of a file. */
export function bytesOf(file: OnnxFile): Uint8Array {
  const bytes = new Uint8Array(file.length);
  let at = 0;
  for (const piece of file.pieces()) {
    if (piece.length === file.length) return piece;
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** The same file, hashed as it passes. */
export interface HashedFile extends OnnxFile {
  /** SHA-256 of all bytes; makes them where nobody has read them yet. */
  sha256(): Promise<string>;
}

/** Hashes a file while its pieces are read, so that they are made once; one that is held is hashed by the platform. */
export function hashedFile(file: OnnxFile): HashedFile {
  let digest: string | undefined;
  function* pieces(): Generator<Uint8Array> {
    const stream = new Sha256Stream();
    for (const piece of file.pieces()) {
      if (piece.length < file.length) stream.add(piece);
      yield piece;
      if (piece.length === file.length) return;
    }
    digest = stream.digest();
  }
  return {
    length: file.length,
    pieces,
    sha256: async () => {
      if (digest !== undefined) return digest;
      for (const piece of pieces()) if (piece.length === file.length) return sha256(piece);
      return digest!;
    },
  };
}
