import { bookFiles, CHAO, CHAO_WORDS, CONTACTS, SAMPLES, TOPIC } from './good-book.ts'

const FLOW = 'flows/chao/flow.yaml'
const WORDS = 'content/vi/chao.md'
const TRIGGERS = 'flows/triggers.yaml'
const TOPIC_FILE = 'content/vi/topics/noi-voi-con.md'
const triggers = (more: string) => `${bookFiles().get(TRIGGERS)}${more}`
export const chao = (from: string | RegExp, to: string) => ({ [FLOW]: CHAO.replace(from, to) })
export const words = (from: string, to: string) => ({ [WORDS]: CHAO_WORDS.replace(from, to) })
export const topic = (from: string, to: string, [before, after] = ['', '']) => ({
  [TOPIC_FILE]: TOPIC.replace(from, to).replace(before, after),
})
export const contact = (rest: string) => ({
  'content/contacts.yaml': `${CONTACTS}so: { number: "0900 000 000", name: Số, hours: always, confidence: confirmed, shown: true, ${rest} }\n`,
})
const extra = (nodes: string) => chao('  het: { end: true }', `${nodes}\n  het: { end: true }`)

const REPLIES = 'content/replies.yaml'
const REPLY = `chao:
  title: Chào
  text: Chào bạn.
  sources: [who]
  as_of: "2026-11-01"
  review_by: "2027-05-01"
`
export const replies = (from: string, to: string) => ({ [REPLIES]: REPLY.replace(from, to) })

export type Case = [
  promise: string,
  changes: Readonly<Record<string, string | null>>,
  where: string,
  says: string,
  level?: 'warning',
]

const SAFETY = {
  'content/safety/concepts.yaml': 'reviewed: null\nconcepts:\n  die: [chết]\n  want: [muốn]\n',
  'content/safety/rules.yaml':
    'reviewed: null\nrules:\n  - { id: want-die, level: emergency, reason: suicide, when: [want, die] }\n',
  'content/safety/cards.yaml': 'reviewed: null\ncards:\n  suicide: { self: chao.ai, other: chao.ai }\n',
}
const safety = (file: keyof typeof SAFETY, from: string, to: string) => ({
  ...SAFETY,
  [file]: SAFETY[file].replace(from, to),
})

const COURSES = 'content/courses.yaml'
const courses = (lessons: string, title = 'Khoá một') => ({
  [COURSES]: `khoa-mot:\n  title: ${title}\n  audience: phu-huynh\n  about: Vài câu nói khoá này là gì.\n  lessons: [${lessons}]\n`,
})
/** Another topic beside the one of the good book. */
const other = (key: string) =>
  TOPIC.replaceAll('noi-voi-con', key).replace('Nói chuyện với con', key).replace('nói gì với con', key)

const DAY_OFF = '{ day: "2026-12-01", name: Ngày lễ, source: who, confirmed: true }'

export const CASES: readonly Case[] = [
  // consent
  [
    'an introduction that is made without a yes to it',
    chao('  het: { end: true }', '  het: { submit: referral_accept, next: xong }\n  xong: { end: true }'),
    FLOW,
    'consent: referral',
  ],
  [
    'a weekly question that nobody said yes to',
    chao('  het: { end: true }', '  het: { submit: check_in_start, next: xong }\n  xong: { end: true }'),
    FLOW,
    'consent: follow_up',
  ],
  // safety
  [
    'a rule of danger that names no concept',
    safety('content/safety/rules.yaml', '[want, die]', '[want, dei]'),
    'content/safety/rules.yaml',
    'Không có ý nào tên “dei”',
  ],
  [
    'a danger of a reason nobody can read',
    safety('content/safety/rules.yaml', 'reason: suicide', 'reason: sad'),
    'content/safety/rules.yaml',
    'Chỉ được dùng',
  ],
  [
    'a rule of danger whose card is not there',
    safety('content/safety/rules.yaml', 'when: [want, die] }', 'when: [want, die], card: height }'),
    'content/safety/rules.yaml',
    'Không có thẻ “height”',
  ],
  [
    'a card without words',
    safety('content/safety/cards.yaml', 'other: chao.ai', 'other: chao.khong-co'),
    'content/safety/cards.yaml',
    'Thiếu câu “chao.khong-co”',
  ],
  [
    'a concept without a word',
    safety('content/safety/concepts.yaml', '[chết]', '[]'),
    'content/safety/concepts.yaml',
    'Quá ngắn',
  ],
  [
    'weights that are damaged',
    { 'content/learned/weights.json': '{"classes":' },
    'content/learned/weights.json',
    'npm run learn',
  ],
  [
    'weights of whose a danger is that are damaged',
    { 'content/learned/whose.json': '{"before": 0, "weights": {' },
    'content/learned/whose.json',
    'npm run learn:whose',
  ],
  [
    'an intent that leads nowhere',
    { 'flows/intents.yaml': 'enrol: { to: [khong-co] }\n' },
    'flows/intents.yaml',
    'Không có bài hay luồng nào tên “khong-co”',
  ],
  // courses
  ['a course whose lesson is not there', courses('noi-voi-con, khong-co'), COURSES, 'Không có bài “khong-co”'],
  ['a lesson that stands twice in a course', courses('noi-voi-con, noi-voi-con'), COURSES, 'hai lần trong một khoá'],
  ['a course of one lesson', courses('noi-voi-con'), COURSES, 'Quá ngắn'],
  [
    'a lesson written for a course that leaves it out',
    {
      ...courses('noi-voi-con, bai-hai'),
      'content/vi/topics/bai-hai.md': other('bai-hai'),
      'content/vi/topics/bai-ba.md': other('bai-ba').replace('audiences:', 'tags: [khoa-mot]\naudiences:'),
    },
    'content/vi/topics/bai-ba.md',
    'không ai đọc tới được',
  ],
  [
    'a title of a course too long for a button',
    courses('noi-voi-con, noi-voi-con', 'Một cái tên dài hơn ba mươi hai ký tự'),
    COURSES,
    'Quá dài',
  ],
  [
    'questions for a flow that is not there',
    { 'flows/asked.yaml': 'khong-co: [tôi hỏi]\n' },
    'flows/asked.yaml',
    'Không có luồng nào tên “khong-co”',
  ],
  [
    'a subject with a topic that is not there',
    { 'content/subjects.yaml': 'a: { title: A, topics: [khong-co], rest: true }\n' },
    'content/subjects.yaml',
    'Không có bài “khong-co”',
  ],
  [
    'a subject for the rest that nobody named',
    { 'content/subjects.yaml': 'a: { title: A }\n' },
    'content/subjects.yaml',
    'rest: true',
  ],
  // form
  ['a key nobody knows', chao('title:', 'tile:'), FLOW, '“tile”'],
  ['a node of no kind', extra('  la: { noi: x, next: het }'), FLOW, 'Mỗi nút phải có đúng một'],
  ['a broken YAML', chao('title: Chào', 'title: Chào: bạn'), FLOW, 'Không đọc được YAML'],
  ['a name written twice', chao('title: Chào', 'title: Chào\ntitle: Lại'), FLOW, 'hai lần'],
  [
    'a yes-no question without both answers',
    extra('  la: { ask: yes_no, words: ai, choices: [ { id: co, next: het } ] }'),
    FLOW,
    '“co” và “khong”',
  ],
  ['a free answer that leads nowhere', extra('  la: { ask: text, words: ai }'), FLOW, 'Thiếu next'],
  ['a choice that leads nowhere', chao('{ id: minh, next: theo-ai }', '{ id: minh }'), FLOW, 'chưa có next'],
  ['a list item that is no choice', words('- minh: Cho mình', '- Cho mình'), WORDS, 'Dòng “- ” là một lựa chọn'],
  ['bold that is not closed', words('**Đồng Hành**', '**Đồng Hành'), WORDS, 'Dấu **'],
  ['two headings of one name', words('## hoc', '## ai'), WORDS, 'có hai lần'],
  [
    'a long number without quotes',
    {
      'content/contacts.yaml': `${CONTACTS}so: { number: 0900000000, name: Số, hours: always, confidence: unsure, shown: false }\n`,
    },
    'content/contacts.yaml',
    'chưa đúng',
  ],
  [
    'an hour in the wrong form',
    { 'content/samples.yaml': SAMPLES.replace('"07:30"', '"7h30"') },
    'content/samples.yaml',
    '07:30',
  ],
  [
    'a file in the wrong place',
    { 'content/vi/hoc/bai.md': '## a\nb\n' },
    'content/vi/hoc/bai.md',
    'không được đọc',
    'warning',
  ],
  // (a) structure
  [
    'a next that does not exist',
    chao('chao: { say: chao, next: ai }', 'chao: { say: chao, next: aii }'),
    FLOW,
    'Không có nút “aii”',
  ],
  ['a case that leads nowhere', chao('minh: hoc', 'minh: hocc'), FLOW, 'Không có nút “hocc”'],
  ['a call of no flow', chao('call: chu-de', 'call: chu-dee'), FLOW, 'Không có luồng “chu-dee”'],
  ['a node nobody reaches', extra('  la: { say: chao, next: het }'), FLOW, 'Không có đường nào dẫn tới nút này'],
  [
    'a loop that never asks',
    chao('call: gap-nguoi, next: het', 'call: gap-nguoi, next: theo-ai'),
    FLOW,
    'Vòng lặp không có câu hỏi',
  ],
  [
    'flows that call each other in silence',
    {
      'flows/gap-nguoi/flow.yaml': bookFiles()
        .get('flows/gap-nguoi/flow.yaml')!
        .replace('da-ghi, next: het', 'da-ghi, next: lai')
        .replace('  het:', '  lai: { call: chu-de, next: het }\n  het:'),
      'flows/chu-de/flow.yaml': bookFiles()
        .get('flows/chu-de/flow.yaml')!
        .replace('topic }, next: het', 'topic }, next: lai')
        .replace('  het:', '  lai: { call: gap-nguoi, next: het }\n  het:'),
    },
    'flows/',
    'Vòng lặp không có câu hỏi',
  ],
  [
    'a missing flow that code starts',
    { 'flows/chua-hieu/flow.yaml': null },
    'flows/chua-hieu/flow.yaml',
    'Thiếu luồng này',
  ],
  [
    'a trigger of no flow',
    { [TRIGGERS]: triggers('- { id: x, kind: verb, match: whole, phrases: [abc], action: { start: khong-co } }\n') },
    TRIGGERS,
    'Không có luồng “khong-co”',
  ],
  // (b) a human
  ['a question from which no human is reached', { [TRIGGERS]: '[]' }, FLOW, 'không có đường nào tới một người thật'],
  [
    'a safety flow without a handoff',
    {
      'flows/chu-de/flow.yaml': bookFiles()
        .get('flows/chu-de/flow.yaml')!
        .replace('start: the', 'safety: true\nstart: the'),
    },
    'flows/chu-de/flow.yaml',
    'handoff',
    'warning',
  ],
  [
    'an answer that is met with silence',
    chao('- { id: minh, next: theo-ai }', '- { id: minh, next: het }'),
    FLOW,
    'không nói lời nào',
  ],
  // (c) words
  ['missing words', words('## chao', '## xin-chao'), FLOW, 'Thiếu câu “chao.chao”'],
  ['unused words', words('## chao', '## thua\nCâu thừa.\n\n## chao'), WORDS, 'Không nút nào dùng', 'warning'],
  ['a missing label', words('- nguoi-than: Cho người thân\n', ''), FLOW, 'Thiếu nhãn của lựa chọn “nguoi-than”'],
  [
    'words that code needs',
    { 'content/vi/he-thong.md': bookFiles().get('content/vi/he-thong.md')!.replace('## loi\nMột câu.', '') },
    'content/vi/he-thong.md',
    'he-thong.loi',
  ],
  ['an unknown placeholder', words('Chào {bạn}', 'Chào {ten}'), WORDS, '{ten}'],
  ['a placeholder that shows a code', words('Chọn một bài', 'Chọn một bài cho {who}'), WORDS, 'mã của lựa chọn'],
  ['a placeholder in a label', words('- minh: Cho mình', '- minh: Cho {who}'), WORDS, 'Nhãn chỉ được dùng'],
  ['a case that cannot happen', chao('{ minh: hoc }', '{ toi: hoc }'), FLOW, 'Không bao giờ xảy ra “toi”'],
  [
    'an answer nobody saved',
    chao('branch: { answer: who }', 'branch: { answer: ai }'),
    FLOW,
    'Không có câu hỏi nào lưu “ai”',
  ],
  // (d) limits
  ['a passage too long for a channel', words('Chào {bạn}', `Chào {bạn} ${'dài '.repeat(500)}`), WORDS, 'quá 1900'],
  [
    'a passage too long once it is filled',
    words('Chào {bạn}', `{points} ${'dài '.repeat(250)}`),
    WORDS,
    'tính cả phần điền vào',
  ],
  [
    'a question too long with its choices',
    words('{Bạn} hỏi cho ai?', `{Bạn} hỏi cho ai? ${'dài '.repeat(466)}`),
    FLOW,
    'cả lựa chọn',
  ],
  [
    'an introduction that pushes a first question into a second message',
    words('## ai', `## gioi-thieu\n${'dài '.repeat(374)}\n\n## ai`),
    'flows/chua-hieu/flow.yaml',
    'hai tin nhắn',
    'warning',
  ],
  ['a label too long', words('- minh: Cho mình', `- minh: ${'dài '.repeat(11)}`), WORDS, 'quá 40'],
  [
    'a label too wide for a small phone',
    words('- minh: Cho mình', '- minh: Mình muốn hỏi cho chính bản thân mình'),
    WORDS,
    'trên 32',
    'warning',
  ],
  [
    'more than nine choices',
    chao(
      / {6}- \{ id: nguoi-than.*\n/,
      Array.from({ length: 9 }, (_, i) => `      - { id: c${i}, next: theo-ai }\n`).join(''),
    ),
    FLOW,
    'Có tới 10 lựa chọn',
  ],
  ['a choice id too long for a button', chao('id: minh,', `id: ${'a'.repeat(60)},`), FLOW, 'quá dài cho nút bấm'],
  ['a topic title too long', topic('title: Nói chuyện với con', `title: ${'dài '.repeat(9)}`), TOPIC_FILE, 'quá 32'],
  // (e) triggers
  [
    'a shadowed phrase',
    {
      [TRIGGERS]: triggers('- { id: hai, kind: verb, match: whole, phrases: [gap nguoi], action: { start: chao } }\n'),
    },
    TRIGGERS,
    '“gap-nguoi” phía trên',
  ],
  ['an answer that would interrupt', words('- minh: Cho mình | bản thân', '- minh: Gặp người'), WORDS, 'cắt ngang'],
  ['an answer that would interrupt once typed without marks', words('| bản thân', '| gập ngươi'), WORDS, 'cắt ngang'],
  ['an answer that looks like an emergency', words('| bản thân', '| mình muốn chết'), WORDS, 'cắt ngang', 'warning'],
  [
    'an emergency without a card',
    { [TRIGGERS]: triggers('- { id: y, kind: emergency, match: anywhere, reason: x, phrases: [abc] }\n') },
    TRIGGERS,
    'card',
  ],
  // (f) dates
  ['a shown number nobody called', contact('note: x'), 'content/contacts.yaml', 'chưa có người gọi thử'],
  [
    'a shown number past its date',
    contact('verified_by: Lan, verified_on: 2026-05-01, expires_on: 2026-10-01'),
    'content/contacts.yaml',
    'đã hết hạn',
  ],
  [
    'a shown number valid for too long',
    contact('verified_by: Lan, verified_on: 2026-11-01, expires_on: 2027-11-01'),
    'content/contacts.yaml',
    '6 tháng',
  ],
  [
    'a shown number about to end',
    contact('verified_by: Lan, verified_on: 2026-07-01, expires_on: 2026-12-01'),
    'content/contacts.yaml',
    'sắp hết hạn',
    'warning',
  ],
  [
    'a missing emergency number',
    { 'content/contacts.yaml': CONTACTS.replace(/"111".*\n/, '') },
    'content/contacts.yaml',
    'Thiếu số 111',
  ],
  [
    'a hidden emergency number',
    { 'content/contacts.yaml': CONTACTS.replace(/("115".*)shown: true/, '$1shown: false') },
    'content/contacts.yaml',
    '115 phải luôn hiện',
  ],
  ['a number in a text that may not be shown', words('Chọn một bài:', 'Gọi 0912 345 678.'), WORDS, '0912 345 678'],
  [
    'a source that ended',
    { 'content/sources.yaml': 'who: { title: WHO, kind: law, in_force_to: 2026-06-30, confidence: confirmed }\n' },
    TOPIC_FILE,
    'hết hiệu lực',
    'warning',
  ],
  ['a review date that passed', topic('2027-02-21', '2026-11-20'), TOPIC_FILE, 'quá ngày xem lại', 'warning'],
  // (g) wording
  ['a word that wounds', words('Chọn một bài:', 'Bài cho con nghiện.'), WORDS, 'người sử dụng ma túy'],
  // (h) topics
  ['a topic without a card', topic('## card\nChọn lúc yên. Hỏi con một câu rồi nghe.', ''), TOPIC_FILE, '## card'],
  ['a card too long', topic('Chọn lúc yên.', 'từ '.repeat(61)), TOPIC_FILE, 'từ; nên nhiều nhất 60', 'warning'],
  ['a topic under another name than its file', topic('key: noi-voi-con', 'key: khac'), TOPIC_FILE, 'khác tên tệp'],
  ['a reviewed topic that nobody signed', topic('status: draft', 'status: reviewed'), TOPIC_FILE, 'ghi ai duyệt'],
  [
    'a law signed by a clinician',
    topic('level: education\nstatus: draft', 'level: legal\nstatus: reviewed', [
      'reviewed: null',
      'reviewed: { role: clinician, on: 2026-11-21 }',
    ]),
    TOPIC_FILE,
    'phải do lawyer duyệt',
  ],
  ['an unknown source', topic('[ who ]', '[ khong-ro ]'), TOPIC_FILE, 'khong-ro'],
  ['an unknown audience', topic('[phu-huynh]', '[ong-ba]'), TOPIC_FILE, 'Chỉ được dùng'],
  // places
  [
    'a confirmed place without a source',
    { 'content/places.yaml': 'communes:\n  - { id: xa-a, name: Xã A, province: B, confirmed: true }\n' },
    'content/places.yaml',
    'source',
  ],
  [
    'a sample that looks real',
    { 'content/samples.yaml': SAMPLES.replace('MẪU A', 'Điểm A') },
    'content/samples.yaml',
    'MẪU',
  ],
  [
    'a day of a point that closes before it opens',
    {
      'content/samples.yaml': SAMPLES.replace(
        'shifts:',
        'exceptions: [ { day: "2026-12-24", hours: [ { from: "17:00", to: "08:00" } ] } ], shifts:',
      ),
    },
    'content/samples.yaml',
    'Giờ đóng',
  ],
  // days
  ['a day off written twice', days(DAY_OFF, DAY_OFF), 'content/calendar.yaml', 'có hai lần'],
  ['a day off without a known source', days(DAY_OFF.replace('who', 'bao')), 'content/calendar.yaml', 'nguồn'],
  [
    'a day off that is near and not confirmed',
    days(DAY_OFF.replace('true', 'false')),
    'content/calendar.yaml',
    'thông báo chính thức',
    'warning',
  ],
  ['a calendar that ends soon', days(DAY_OFF), 'content/calendar.yaml', 'sắp hết', 'warning'],
  // ladders
  ['a ladder that does not end with the person', ladders('lead'), 'flows/ladders.yaml', 'person'],
  ['rungs out of order', ladders('person', 60), 'flows/ladders.yaml', 'theo thời gian'],
  // replies
  ['a reply without a source', replies('sources: [who]', 'sources: []'), REPLIES, ''],
  ['a reply that rests on nothing known', replies('[who]', '[la]'), REPLIES, 'Không có nguồn “la”'],
  ['a reply that is never looked at again', replies('  review_by: "2027-05-01"\n', ''), REPLIES, 'Thiếu mục này'],
  [
    'a reply to be looked at before it was written',
    replies('2027-05-01', '2026-10-01'),
    REPLIES,
    'phải sau ngày duyệt',
  ],
  ['a reply from the future', replies('2026-11-01', '2026-12-01'), REPLIES, 'chưa tới'],
  ['a reply past its date', replies('2027-05-01', '2026-11-20'), REPLIES, 'quá hạn xem lại', 'warning'],
  ['a number in a reply', replies('Chào bạn.', 'Gọi 0912 345 678.'), REPLIES, 'chỉ 111, 113, 114, 115'],
  ['wounding words in a reply', replies('Chào bạn.', 'Chào con nghiện.'), REPLIES, 'con nghiện'],
]

function days(...rows: readonly string[]) {
  return { 'content/calendar.yaml': `holidays:\n${rows.map((row) => `  - ${row}\n`).join('')}swaps: []\n` }
}

function ladders(last: string, first = 0) {
  const one = `{ clock: always, steps: [ { call: on_duty, after: ${first} }, { call: ${last}, after: 10 } ] }`
  return { 'flows/ladders.yaml': `emergency: ${one}\nurgent: ${one}\nroutine: ${one}\n` }
}
