import { find, syllables } from './text.ts'

/** A language besides Vietnamese that people and staff may speak, with its name as people say it. */
export interface Language {
  id: string
  name: string
  said: readonly string[]
}

/** The languages of larger communities in Viet Nam: a list to choose from, open to more. */
export const LANGUAGES: readonly Language[] = [
  { id: 'tay', name: 'tiếng Tày', said: ['tày'] },
  { id: 'thai', name: 'tiếng Thái', said: ['thái'] },
  { id: 'muong', name: 'tiếng Mường', said: ['mường'] },
  { id: 'mong', name: 'tiếng Mông', said: ['mông', 'hmông', 'h mông', 'mèo'] },
  { id: 'khmer', name: 'tiếng Khmer', said: ['khmer', 'khơ me'] },
  { id: 'nung', name: 'tiếng Nùng', said: ['nùng'] },
  { id: 'dao', name: 'tiếng Dao', said: ['dao'] },
  { id: 'hoa', name: 'tiếng Hoa', said: ['hoa', 'tàu', 'trung quốc'] },
  { id: 'gia-rai', name: 'tiếng Gia Rai', said: ['gia rai', 'jrai'] },
  { id: 'e-de', name: 'tiếng Ê Đê', said: ['ê đê', 'êđê', 'rade'] },
  { id: 'ba-na', name: 'tiếng Ba Na', said: ['ba na', 'bahnar'] },
  { id: 'xo-dang', name: 'tiếng Xơ Đăng', said: ['xơ đăng'] },
  { id: 'san-chay', name: 'tiếng Sán Chay', said: ['sán chay', 'cao lan', 'sán chí'] },
  { id: 'co-ho', name: 'tiếng Cơ Ho', said: ['cơ ho'] },
  { id: 'cham', name: 'tiếng Chăm', said: ['chăm'] },
  { id: 'san-diu', name: 'tiếng Sán Dìu', said: ['sán dìu'] },
  { id: 'hre', name: 'tiếng Hrê', said: ['hrê'] },
]

export function languageOf(id: string | null | undefined): Language | null {
  return LANGUAGES.find((one) => one.id === id) ?? null
}

/** Longer texts speak of something else that happens to name a language; so does talk of films and lessons. */
const SHORT = 9
const ABOUT = new Set(['phim', 'nhac', 'bai', 'hoc', 'day', 'lop', 'sach', 'dich', 'hat', 'xem'])
const PHRASES = LANGUAGES.flatMap((language) =>
  language.said.map((name) => ({ language, phrase: syllables(`tiếng ${name}`) })),
)

/** The language a short text asks for, with or without marks: "em nói tiếng Mông", "co ai biet tieng thai ko". */
export function readLanguage(text: string): Language | null {
  const words = syllables(text)
  if (words.length > SHORT || words.some(({ bare }) => ABOUT.has(bare))) return null
  return PHRASES.find(({ phrase }) => find(words, phrase) !== 'none')?.language ?? null
}
