/** Digits and letters in their plain form, without invisible signs between them: a number is one however it was typed. */
const plain = (text: string) => text.normalize('NFKC').replace(/\p{Cf}/gu, '')

const LINK = /(?:https?:\/\/|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|vn|me|io)\b(?:\/\S*)?/giu
const HANDLE = /\S+@\S+|@\w{2,}|\b\w+_\w+\b/gu
/** Six digits or more with little between them, as in 09, 12, 34, 56. */
const SPREAD = /\+?\d(?:[^\p{L}\d]{0,3}\d){5,}/gu
/** Three digits or more: telephones, houses, papers. */
const NUMBER = /\+?\d(?:[ .-]?\d){2,}/gu
const DIGIT =
  '(?:không|khong|một|mốt|mot|hai|ba|bốn|bon|tư|tu|năm|lăm|nam|lam|sáu|sau|bảy|bẩy|bay|tám|tam|chín|chin|mười|muoi|linh|lẻ)'
/** Five digits or more read out in words. */
const READ_OUT = new RegExp(`(?<!\\p{L})${DIGIT}(?:[\\s,.-]+${DIGIT}){4,}(?!\\p{L})`, 'giu')
const ACCOUNT =
  /(?<!\p{L})((?:zalo|facebook|fb|telegram|tele|tiktok|instagram|insta|nick)\s*(?::|là(?!\p{L}))\s*)[^\s,;]+/giu

const RULES: readonly (readonly [RegExp, string])[] = [
  [LINK, '[liên kết]'],
  [HANDLE, '[liên kết]'],
  [ACCOUNT, '$1[liên kết]'],
  [/\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b/gu, '[ngày]'],
  // A time of day; how long something has lasted stays, for it says how grave it is.
  [/(?<![\p{L}\d])\d{1,2}\s?(?:h|g|giờ|:)\s?\d{2}(?![\p{L}\d])/giu, '[giờ]'],
  [/(?<=(?<!\p{L})lúc\s)\d{1,2}\s?(?:h|g|giờ)(?!\p{L})/giu, '[giờ]'],
  [/(?<![\p{L}\d])\d{1,2}\s?(?:h|g|giờ)(?=\s(?:sáng|trưa|chiều|tối|đêm|khuya|rưỡi|kém)(?!\p{L}))/giu, '[giờ]'],
  [SPREAD, '[số]'],
  [NUMBER, '[số]'],
  [READ_OUT, '[số]'],
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
 * A line of a person with what could lead to them replaced by neutral stand-ins: links, dates, times, numbers, names,
 * places. A proposal: a human reads every line before it leaves the house.
 */
export function deidentify(text: string): string {
  const known = RULES.reduce((all, [pattern, stand]) => all.replace(pattern, stand), plain(text))
  return known
    .replace(NAME, '[tên]')
    .replace(/\[tên\](?: \[tên\])+/g, '[tên]')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Does a line still hold something that may never leave: a number, a link, an address, in whatever way it is written. */
export function isTelling(text: string): boolean {
  return [LINK, HANDLE, ACCOUNT, SPREAD, NUMBER, READ_OUT].some((pattern) => plain(text).search(pattern) >= 0)
}
