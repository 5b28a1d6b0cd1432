import { DEFAULT_LADDERS } from '../../src/authoring/ladders-format.ts'
import type { Book, Flow, Node, Trigger } from '../../src/engine/book.ts'

/** A book of a few flows that nobody corrects: what the house promises must not hang on today's content. */

const flow = (id: string, start: string, nodes: Record<string, Node>): Flow => ({
  id,
  revision: 'r1',
  title: id,
  safety: false,
  start,
  nodes,
})
const END: Node = { type: 'end' }
const say = (key: string, next: string): Node => ({ type: 'say', words: { key }, next })

const FLOWS: readonly Flow[] = [
  flow('chao', 'hi', {
    hi: say('chao.hi', 'ai'),
    ai: {
      type: 'ask',
      answer: 'choice',
      words: { key: 'chao.ai' },
      save: 'who',
      choices: [
        { id: 'minh', next: 'xong' },
        { id: 'than', next: 'xong' },
      ],
      from: null,
      next: null,
      unknown: null,
    },
    xong: say('chao.xong', 'het'),
    het: END,
  }),
  flow('chua-hieu', 'noi', { noi: say('chua-hieu.noi', 'het'), het: END }),
  flow('gap-nguoi', 'mo', {
    mo: { type: 'handoff', reason: 'person', priority: 'routine', next: 'noi' },
    noi: say('gap-nguoi.noi', 'het'),
    het: END,
  }),
  flow('goi-lai', 'so', {
    so: {
      type: 'ask',
      answer: 'phone',
      words: { key: 'goi-lai.so' },
      save: 'phone',
      choices: [],
      from: null,
      next: 'mo',
      unknown: null,
    },
    mo: { type: 'handoff', reason: 'callback', priority: 'routine', next: 'gui' },
    gui: { type: 'submit', form: 'callback', values: ['phone'], next: 'noi' },
    noi: say('goi-lai.noi', 'het'),
    het: END,
  }),
  flow('dung', 'dung', {
    dung: { type: 'submit', form: 'stop', values: [], next: 'noi' },
    noi: say('dung.noi', 'het'),
    het: END,
  }),
  flow('xoa', 'hoi', {
    hoi: {
      type: 'ask',
      answer: 'yes_no',
      words: { key: 'xoa.hoi' },
      save: null,
      choices: [
        { id: 'co', next: 'xoa' },
        { id: 'khong', next: 'het' },
      ],
      from: null,
      next: null,
      unknown: null,
    },
    xoa: { type: 'submit', form: 'erase', values: [], next: 'xong' },
    xong: say('xoa.xong', 'het'),
    het: END,
  }),
]

const WORDS: Readonly<Record<string, string>> = {
  'chao.hi': 'Chào {bạn}.',
  'chao.ai': '{Bạn} hỏi cho ai?',
  'chao.ai.minh': 'Cho mình',
  'chao.ai.than': 'Cho người thân',
  'chao.xong': 'Cảm ơn {bạn}.',
  'chua-hieu.noi': 'Mình chưa hiểu.',
  'gap-nguoi.noi': 'Đã báo cán bộ.',
  'goi-lai.so': 'Số nào?',
  'goi-lai.noi': 'Sẽ gọi số {phone}.',
  'dung.noi': 'Đã dừng.',
  'xoa.hoi': 'Xoá thật không?',
  'xoa.hoi.co': 'Có',
  'xoa.hoi.khong': 'Không',
  'xoa.xong': 'Đã xoá. Mã: {receipt}.',
  'he-thong.loi': 'Máy lỗi. Gọi 113, 114, 115, 111.',
  'he-thong.khan-cap': 'Gọi 115 ngay. 113, 114, 111.',
  'he-thong.tin-moi': 'Có lời nhắn.',
  'he-thong.het-luot': 'Hết lượt. Mời sang {web}.',
  'he-thong.nguoi-da-vao': 'Cán bộ đã vào.',
  'he-thong.noi-tieng': 'Đã ghi: {language}.',
  'he-thong.loi-chao-thoai': 'Sẽ có người trả lời bạn.',
  'he-thong.doi-nguoi': 'Đang chuyển cho người khác.',
  'he-thong.chua-co-nguoi': 'Cán bộ chưa trả lời kịp.',
  'he-thong.tro-lai': 'Máy trở lại.',
  'he-thong.da-dong': 'Đã kết thúc.',
  'he-thong.ghi-nhan': 'Đã ghi lại.',
  'he-thong.lai.choice': 'Chọn một mục.',
  'he-thong.lai.phone': 'Gõ lại số.',
  'he-thong.lai-nua': 'Vẫn chưa hiểu.',
}

const trigger = (id: string, kind: Trigger['kind'], phrases: readonly string[], start: string): Trigger => ({
  id,
  kind,
  match: kind === 'emergency' ? 'anywhere' : 'whole',
  phrases,
  ambiguous: [],
  unless: [],
  action: { type: 'start', flow: start },
  reason: kind === 'emergency' ? 'suicide' : null,
  card: null,
})

export const smallBook: Book = {
  flow: (id) => FLOWS.find((one) => one.id === id),
  withdrawn: () => null,
  triggers: [
    trigger('tu-tu', 'emergency', ['muốn chết'], 'chua-hieu'),
    trigger('gap-nguoi', 'verb', ['gặp người'], 'gap-nguoi'),
    trigger('goi-lai', 'verb', ['gọi lại cho tôi'], 'goi-lai'),
    trigger('dung', 'verb', ['dừng'], 'dung'),
    trigger('xoa', 'verb', ['xoá'], 'xoa'),
  ],
  ladders: DEFAULT_LADDERS,
  contacts: [],
  replies: [],
  topics: [],
  words(key) {
    const text = WORDS[key] ?? (key.startsWith('he-thong.') ? `(${key})` : undefined)
    return text === undefined ? undefined : [text]
  },
  synonyms: () => [],
  source: () => undefined,
  home: 'chao',
}

/** The same book with some keys broken: they throw, as a bug in the book would. */
export function brokenBook(broken: (key: string) => boolean): Book {
  return new Proxy(smallBook, {
    get(book, name: keyof Book) {
      if (name !== 'words') return book[name]
      return (key: string, locale: 'vi') => {
        if (broken(key)) throw new TypeError(`no words for ${key}`)
        return book.words(key, locale)
      }
    },
  })
}
