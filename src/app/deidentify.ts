const RULES: readonly (readonly [RegExp, string])[] = [
  [/(?:https?:\/\/|www\.)\S+/giu, '[liên kết]'],
  [/\S+@\S+|@\w{2,}/gu, '[liên kết]'],
  [/\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b/gu, '[ngày]'],
  // A number of three digits or more, however it is spaced: telephones, houses, papers.
  [/\+?\d(?:[ .-]?\d){2,}/gu, '[số]'],
  [
    /(?<![\p{L}])((?:xã|phường|thị trấn|huyện|quận|tỉnh|thành phố|tp|thôn|bản|ấp|khu phố|tổ|đường|ngõ|hẻm|trường|công ty|bệnh viện|trạm)\s+)\p{Lu}[\p{L}\d]*(?:\s+\p{Lu}[\p{L}\d]*){0,3}/giu,
    '$1[nơi]',
  ],
  [
    /(?<![\p{L}])((?:tên\s+(?:là\s+|em\s+là\s+|tôi\s+là\s+|mình\s+là\s+)?)|(?:(?:em|mình|tôi|cháu|con|tớ)\s+là\s+))(\p{L}+)(?=[\s,.!?]|$)/giu,
    '$1[tên]',
  ],
]
/** A word with a capital that does not begin a sentence: most often a name. Letters all capital are an abbreviation. */
const NAME = /(?<=[\p{L}\d,;:)\]]\s)\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}+)*/gu

/**
 * A line of a person with what could lead to them replaced by neutral stand-ins: links, dates, numbers, names, places.
 * A proposal: a human reads every line before it leaves the house.
 */
export function deidentify(text: string): string {
  const known = RULES.reduce((all, [pattern, stand]) => all.replace(pattern, stand), text.normalize('NFC'))
  return known
    .replace(NAME, '[tên]')
    .replace(/\[tên\](?: \[tên\])+/g, '[tên]')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Does a line still hold something that may never leave: a number, a link, an address. */
export function isTelling(text: string): boolean {
  return /\d(?:[ .-]?\d){2,}|@|https?:|www\./iu.test(text)
}
