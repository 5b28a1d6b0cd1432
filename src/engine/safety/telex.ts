/** Vietnamese typed with the input method switched off: telex ("muoons") and VNI ("muo61n") become what was meant. */

const SHAPE: Readonly<Record<string, string>> = {
  aa: 'â',
  aw: 'ă',
  ee: 'ê',
  oo: 'ô',
  ow: 'ơ',
  uw: 'ư',
  dd: 'đ',
}
const TONE: Readonly<Record<string, string>> = { s: '\u0301', f: '\u0300', r: '\u0309', x: '\u0303', j: '\u0323' }
const VNI_TONE: Readonly<Record<string, string>> = {
  '1': '\u0301',
  '2': '\u0300',
  '3': '\u0309',
  '4': '\u0303',
  '5': '\u0323',
}
const VNI_SHAPE: Readonly<Record<string, string>> = { '6': '\u0302', '7': '\u031b', '8': '\u0306' }
const SYLLABLE = /^(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?$/

/** Could this be one Vietnamese syllable, marks aside. */
export function plausible(bare: string): boolean {
  return bare.length <= 7 && SYLLABLE.test(bare) && !/aa|ee|oo|ii|yy|uu.|[aeioy]uu/.test(bare)
}

export function bareOf(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')
}

/** The syllable meant by raw keys, or null when the keys mean nothing. Only for what is no syllable as it stands. */
export function undo(word: string): string | null {
  if (word.length > 12) return null
  const typed = /\d/.test(word) ? fromVni(word) : fromTelex(word)
  return typed !== null && typed !== word && plausible(bareOf(typed)) ? typed : null
}

function fromTelex(word: string): string | null {
  let tone = ''
  let out = ''
  for (let i = 0; i < word.length; i++) {
    const letter = word[i]!
    if (TONE[letter] !== undefined && /[aeiouyâăêôơư]/.test(out) && out.length > 0) {
      tone = TONE[letter]!
      continue
    }
    const pair = SHAPE[(out.at(-1) ?? '') + letter]
    if (pair !== undefined) out = out.slice(0, -1) + pair
    else if (letter === 'w') out = bend(out)
    else if (/[aeo]/.test(letter) && shapeBack(out, letter) !== null) out = shapeBack(out, letter)!
    else if (letter === 'd' && out.startsWith('d') && i > 1) out = `đ${out.slice(1)}`
    else out += letter
  }
  return toned(out, tone)
}

/** "cheets" typed as "chete": the shape key may come after the final consonant. */
function shapeBack(out: string, letter: string): string | null {
  const at = out.lastIndexOf(letter)
  if (at < 0 || at === out.length - 1 || !/^[cmnptgh]+$/.test(out.slice(at + 1))) return null
  return out.slice(0, at) + SHAPE[letter + letter] + out.slice(at + 1)
}

function bend(out: string): string {
  if (out.includes('uo')) return out.replace('uo', 'ươ')
  for (const [from, to] of [
    ['u', 'ư'],
    ['o', 'ơ'],
    ['a', 'ă'],
  ] as const) {
    const at = out.lastIndexOf(from)
    if (at >= 0) return out.slice(0, at) + to + out.slice(at + 1)
  }
  return `${out}ư`
}

function fromVni(word: string): string | null {
  if (!/^[a-zđ]/.test(word)) return null
  let tone = ''
  let out = ''
  for (const letter of word) {
    if (VNI_TONE[letter] !== undefined) tone = VNI_TONE[letter]!
    else if (VNI_SHAPE[letter] !== undefined) out = reshape(out, VNI_SHAPE[letter]!)
    else if (letter === '9') out = out.replace('d', 'đ')
    else out += letter
  }
  return /\d/.test(out) ? null : toned(out, tone)
}

function reshape(out: string, shape: string): string {
  if (shape === '\u031b' && out.includes('uo')) return out.replace('uo', 'ươ')
  const fits = shape === '\u0302' ? 'eoa' : shape === '\u031b' ? 'ou' : 'a'
  for (const letter of fits) {
    const at = out.lastIndexOf(letter)
    if (at >= 0) return (out.slice(0, at + 1) + shape + out.slice(at + 1)).normalize('NFC')
  }
  return out
}

/** Where the tone stands does not matter: syllables are compared with the tone at the end. */
function toned(out: string, tone: string): string {
  const at = out.search(/[aeiouyâăêôơư][^aeiouyâăêôơư]*$/)
  return tone === '' || at < 0 ? out : (out.slice(0, at + 1) + tone + out.slice(at + 1)).normalize('NFC')
}
