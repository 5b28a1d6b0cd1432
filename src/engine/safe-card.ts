import type { Book } from './book.ts'
import type { Locale } from './content.ts'

/** What is said when even the book's own words for it are missing; 113, 114, 115 and 111 never expire. */
export const SAFE_CARD: readonly string[] = [
  'Máy vừa gặp lỗi, xin lỗi bạn. Mình đã ghi lại để cán bộ xem và trả lời.',
  'Nếu đang nguy hiểm, gọi ngay: **115** cấp cứu, **113** công an, **114** cứu hoả, **111** trẻ em.',
]

const BUILT_IN: ReadonlyMap<string, readonly string[]> = new Map([
  ['he-thong.loi', SAFE_CARD],
  [
    'he-thong.khan-cap',
    [
      '**Gọi 115** (cấp cứu), **113** (công an), **114** (cháy, cứu nạn) hoặc **111** (trẻ em). Ở tỉnh khác thì thêm mã vùng của nơi đó trước số 113, 114, 115.',
      'Đừng để người đó một mình. Mình đã ghi **khẩn cấp** ở đầu danh sách của cán bộ. Có thể chưa ai đọc ngay. Đừng chờ, gọi trước.',
    ],
  ],
])

/** The book's words, or the built-in ones of the two cards that a broken or empty book must not take away. */
export function wordsOf(book: Book, key: string, locale: Locale): readonly string[] {
  return written(book, key, locale) ?? BUILT_IN.get(key) ?? []
}

function written(book: Book, key: string, locale: Locale): readonly string[] | undefined {
  try {
    const words = book.words(key, locale)
    return words && words.length > 0 ? words : undefined
  } catch {
    return undefined
  }
}
