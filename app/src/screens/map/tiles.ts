/**
 * The one place for a ground of pictures under the points. None by default: pictures come from somebody else's server, which
 * learns where its users look, and many of a country's tiles are licensed. A company that runs or rents a tile server names it
 * here: `url` with {z}, {x} and {y}, the words its licence asks for, and whether its pictures lie in GCJ-02, as those of
 * Chinese providers do; points are kept in WGS-84 and shifted for such a ground. The server's Content-Security-Policy
 * (app/headers.go) must then allow the host for images.
 */
export type Tiles = { url: string; attribution: string; gcj02: boolean; maxZoom: number }

export const tiles: Tiles | null = null
