/** What the link of an entrance begins with where a platform gives it back in one word: `vao-truong-hoc`. */
export const ENTRANCE_PAYLOAD = 'vao-'
const ENTRANCE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** The code of an entrance as a page or a link carries it; null where it is none. */
export function readEntrance(text: string): string | null {
  return text.length <= 40 && ENTRANCE.test(text) ? text : null
}
