// The decoder packages ship no types; these are the parts of them that are used.
declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const open: (
    options: object,
  ) => Promise<{ JpegLSDecoder: new () => import('./codec.ts').EmscriptenDecoder }>;
  export default open;
}
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const open: (options: object) => Promise<{ J2KDecoder: new () => import('./codec.ts').EmscriptenDecoder }>;
  export default open;
}
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  const open: (options: object) => Promise<{ JPEGDecoder: new () => import('./codec.ts').EmscriptenDecoder }>;
  export default open;
}
declare module '@cornerstonejs/codec-openjph' {
  const open: (options: object) => Promise<{
    HTJ2KDecoder: new () => import('./codec.ts').EmscriptenDecoder & { readHeader?: () => void };
  }>;
  export default open;
}
