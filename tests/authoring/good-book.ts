import { check } from '../../src/authoring/check.ts'
import { readDraft } from '../../src/authoring/draft.ts'
import type { Problem } from '../../src/authoring/problem.ts'
import { SERVICE_WORDS } from '../../src/authoring/service-words.ts'
import { TREATMENT_FORMS } from '../../src/engine/enrolment/enrolment.ts'

/** The day on which the small book below has no fault. */
export const TODAY = '2026-11-21'

const passages = (keys: readonly string[], prefix: string) =>
  keys
    .filter((key) => key.startsWith(prefix))
    .map(
      (key) =>
        `## ${key.slice(prefix.length)}\nMột câu.\n${/\.(xac-nhan|phieu\.hoi|noi\.hoi)$/.test(key) ? '\n- co: Có\n- khong: Không\n' : ''}`,
    )

const CHU_DE = `
title: Một chủ đề
start: the
nodes:
  the: { say: { topic: card, answer: topic }, next: het }
  het: { end: true }
`
const CHUA_HIEU = `
title: Chưa hiểu
start: hoi
nodes:
  hoi: { ask: choice, words: hoi, choices: [ { id: nguoi, next: nguoi }, { id: het, next: tam-biet } ] }
  nguoi: { call: gap-nguoi, next: het }
  tam-biet: { say: tam-biet, next: het }
  het: { end: true }
`
const CO_ICH_KHONG = `
title: Có ích không
start: hoi
nodes:
  hoi: { ask: choice, words: hoi, choices: [ { id: co, next: cam-on }, { id: khong, next: cam-on } ] }
  cam-on: { say: cam-on, next: het }
  het: { end: true }
`
const GAP_NGUOI = `
title: Gặp người
safety: true
start: mo
nodes:
  mo: { handoff: person, priority: routine, next: da-ghi }
  da-ghi: { say: da-ghi, next: het }
  het: { end: true }
`
export const CHAO = `
title: Chào
start: chao
nodes:
  chao: { say: chao, next: ai }
  ai:
    ask: choice
    words: ai
    save: who
    choices:
      - { id: minh, next: theo-ai }
      - { id: nguoi-than, next: theo-ai }
  theo-ai: { branch: { answer: who }, cases: { minh: hoc }, else: nguoi }
  hoc: { ask: choice, words: hoc, save: topic, from: { list: topics, audience: phu-huynh }, next: chu-de }
  chu-de: { call: chu-de, next: het }
  nguoi: { call: gap-nguoi, next: het }
  het: { end: true }
`
const TRIGGERS = `
- id: khan-cap-tu-tu
  kind: emergency
  match: anywhere
  reason: suicide
  card: gap-nguoi.the
  phrases: [muốn chết]
- id: gap-nguoi
  kind: verb
  match: whole
  phrases: [gặp người]
  action: { start: gap-nguoi }
`
export const CONTACTS = ['113', '114', '115', '111']
  .map((n) => `"${n}": { number: "${n}", name: Số ${n}, hours: always, confidence: confirmed, shown: true }\n`)
  .join('')

export const TOPIC = `---
key: noi-voi-con
title: Nói chuyện với con
audiences: [phu-huynh]
locale: vi
level: education
status: draft
questions: [ "nói gì với con" ]
sources: [ who ]
as_of: 2026-11-21
written: 2026-11-01
reviewed: null
review_by: 2027-02-21
---
## card
Chọn lúc yên. Hỏi con một câu rồi nghe.

## more
Nghe nhiều hơn nói.
`

/** A small book without a fault, with some files replaced or, by null, left out. */
export function bookFiles(changes: Readonly<Record<string, string | null>> = {}): ReadonlyMap<string, string> {
  const files: Record<string, string | null> = {
    'flows/chao/flow.yaml': CHAO,
    'flows/chu-de/flow.yaml': CHU_DE,
    'flows/chua-hieu/flow.yaml': CHUA_HIEU,
    'flows/muc-luc/flow.yaml': CHUA_HIEU,
    'flows/gap-nguoi/flow.yaml': GAP_NGUOI,
    'flows/co-ich-khong/flow.yaml': CO_ICH_KHONG,
    'flows/triggers.yaml': TRIGGERS,
    'content/vi/he-thong.md': `# Lời chung\n\n${passages(SERVICE_WORDS, 'he-thong.').join('\n')}`,
    'content/vi/dien-thoai.md': `# Điện thoại\n\n${passages(SERVICE_WORDS, 'dien-thoai.').join('\n')}`,
    'content/vi/lich-hen.md': `# Lịch hẹn\n\n${passages(SERVICE_WORDS, 'lich-hen.').join('\n')}\n## tra-loi\nTrả lời:\n\n- se-den: Sẽ đến\n- doi: Đổi lịch\n- noi: Cần nói chuyện\n`,
    'content/vi/sinh-hoat.md': `# Buổi sinh hoạt\n\n${passages(SERVICE_WORDS, 'sinh-hoat.').join('\n')}\n## tra-loi\nTrả lời:\n\n- se-den: Sẽ đến\n- ban: Bận\n- noi: Cần nói chuyện\n- cung-nha: Hai người\n`,
    'content/vi/dang-ky.md': `# Đăng ký\n\n${passages(SERVICE_WORDS, 'dang-ky.').join('\n')}\n## ten\nTên:\n\n- dung-ma: Gọi bằng mã\n\n## ai-nhan\nAi nhận:\n\n- khong-cong-an: Không công an\n- cong-an: Công an\n\n## cach\nCách:\n\n${TREATMENT_FORMS.map((form) => `- ${form}: Cách ${form}\n`).join('')}`,
    'content/vi/giay-to.md': `# Giấy tờ\n\n${passages(SERVICE_WORDS, 'giay-to.').join('\n')}`,
    'content/vi/chuyen-diem.md': `# Chuyển\n\n${passages(SERVICE_WORDS, 'chuyen-diem.').join('\n')}`,
    'content/vi/gioi-thieu.md': `# Giới thiệu\n\n${passages(SERVICE_WORDS, 'gioi-thieu.').join('\n')}`,
    'content/vi/hoi-tham.md': `# Hỏi thăm\n\n${passages(SERVICE_WORDS, 'hoi-tham.').join('\n')}`,
    'content/vi/nguoi-dong-hanh.md': `# Đồng hành\n\n${passages(SERVICE_WORDS, 'nguoi-dong-hanh.').join('\n')}`,
    'content/vi/ke-hoach.md': `# Kế hoạch\n\n${passages(SERVICE_WORDS, 'ke-hoach.').join('\n')}`,
    'content/vi/tien-bo.md': `# Tháng\n\n${passages(SERVICE_WORDS, 'tien-bo.').join('\n')}`,
    'content/vi/bai-hoc.md': `# Bài học\n\n${passages(SERVICE_WORDS, 'bai-hoc.').join('\n')}\n## nhac\nTrả lời:\n\n- doc: Đọc bây giờ\n- de-sau: Để sau\n- nghi: Tạm nghỉ\n`,
    'content/vi/cuoc-thi.md': `# Cuộc thi\n\n${passages(SERVICE_WORDS, 'cuoc-thi.').join('\n')}`,
    'content/vi/noi-kenh.md': `# Nối kênh\n\n${passages(SERVICE_WORDS, 'noi-kenh.').join('\n')}`,
    'content/vi/chao.md': CHAO_WORDS,
    'content/vi/chua-hieu.md':
      '## hoi\nMình chưa hiểu.\n\n- nguoi: Hỏi người\n- het: Không cần\n\n## tam-biet\nTạm biệt.\n',
    'content/vi/muc-luc.md':
      '## hoi\nChọn một mục.\n\n- nguoi: Hỏi người\n- het: Không cần\n\n## tam-biet\nTạm biệt.\n',
    'content/vi/gap-nguoi.md': '## da-ghi\nĐã ghi.\n\n## the\nGọi **115**.\n',
    'content/vi/co-ich-khong.md': '## hoi\nCó ích không?\n\n- co: Có\n- khong: Không\n\n## cam-on\nCảm ơn.\n',
    'content/vi/topics/noi-voi-con.md': TOPIC,
    'content/sources.yaml': 'who: { title: WHO, kind: health, confidence: confirmed }\n',
    'content/contacts.yaml': CONTACTS,
    'content/places.yaml':
      'communes:\n  - { id: xa-a, name: Xã A, province: Tỉnh B, aliases: [A cũ], confirmed: true, source: nghị quyết, changed_on: 2025-07-01 }\n',
    'content/samples.yaml': SAMPLES,
    'content/stigma.yaml': '- { avoid: [con nghiện], use: người sử dụng ma túy, why: gọi người bằng bệnh }\n',
    ...changes,
  }
  return new Map(Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null))
}

export const CHAO_WORDS = `# Chào

## chao
Chào {bạn}, đây là **Đồng Hành**.

## ai
{Bạn} hỏi cho ai?

- minh: Cho mình | bản thân
- nguoi-than: Cho người thân

## hoc
Chọn một bài:
`

export const SAMPLES = `points:
  - { id: mau-a, name: MẪU A, address: Đường 1, phone: null, communes: [xa-a], shifts: [ { weekday: 1, from: "07:30", to: "11:30" } ] }
clubs:
  - { id: clb-a, name: CLB MẪU, commune: xa-a, about: Gặp nhau mỗi tuần }
`

export function problemsOf(changes: Readonly<Record<string, string | null>>, today = TODAY): readonly Problem[] {
  return check(readDraft(bookFiles(changes)), today)
}
