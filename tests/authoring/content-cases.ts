import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CONTENT_RULES } from '../../src/authoring/check-content.ts'
import { ROOT } from '../../src/cli/files.ts'
import { bookFiles, CHAO_WORDS, CONTACTS, SAMPLES, TOPIC } from './good-book.ts'

type Changes = Readonly<Record<string, string | null>>
export type RuleCase = readonly [promise: string, changes: Changes, printed: readonly string[]]

const CHAO = 'content/vi/chao.md'
const TOPICS = 'content/vi/topics/noi-voi-con.md'
const SERVICE = 'content/vi/he-thong.md'
const OTHER = 'content/vi/topics/khac.md'
const real = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** The lists that editors keep, as they are in force. */
export const LISTS: Changes = Object.fromEntries(
  ['stigma', 'promises', 'never', 'hard-words', 'discreet'].map((name) => [
    `content/${name}.yaml`,
    real(`content/${name}.yaml`),
  ]),
)

const chao = (from: string, to: string): Changes => ({ [CHAO]: replaced(CHAO_WORDS, from, to) })
const topic = (from: string, to: string): Changes => ({ [TOPICS]: replaced(TOPIC, from, to) })
const other = (from: string, to: string): Changes => ({
  [OTHER]: replaced(TOPIC.replace('key: noi-voi-con', 'key: khac').replace('nói gì với con', 'gì khác'), from, to),
})
const card = (text: string): Changes => topic('Chọn lúc yên. Hỏi con một câu rồi nghe.', text)
const says = (text: string): Changes => chao('Chọn một bài:', text)
const source = (row: string): Changes => ({ 'content/sources.yaml': `who: ${row}\n` })
const contact = (rest: string): Changes => ({
  'content/contacts.yaml': `${CONTACTS}so: { number: "0900 000 000", name: Số, hours: always, confidence: confirmed, ${rest} }\n`,
})
const script = (text: string): Changes => ({ [TOPICS]: `${TOPIC}\n## loa\n${text}\n` })
const quiz = (rows: string): Changes => topic('questions:', `quiz:\n${rows}questions:`)
/** A hundred and thirty syllables in sentences of ten. */
export const SCRIPT = 'Một hai ba bốn năm sáu bảy tám chín mười. '.repeat(13).trim()
const QUESTION =
  '  - { question: Gọi số nào khi có người ngất?, answers: ["115", "113"], right: 1, why: Đó là cấp cứu. }\n'
const REPLY = 'chao: { title: Chào, text: Chào bạn., sources: [who], as_of: "2026-11-01", review_by: "2027-05-01" }\n'
const KIT =
  'kit: { title: Bộ, setting: school, audiences: [pupils], minutes: 10, outline: [{ minutes: 10, text: Chào }], topics: [noi-voi-con] }\n'
const COURSE =
  'khoa: { title: Khoá thử, audience: phu-huynh, about: Vài bài ngắn cho cha mẹ đọc dần., lessons: [noi-voi-con, khac] }\n'
const PAPERS =
  'as_of: 2026-11-01\nkeep_days: 90\npapers:\n  tai-nha:\n    - { id: don, title: Đơn đăng ký, source: who, article: Điều 1, confirmed: true }\nclocks: []\n'
const SELF_CHECK =
  'do: { title: Tự xem, licence: null, source: who, official_wording: false, review_by: "2027-01-01", intro: Vài câu., questions: [{ text: Câu?, answers: [{ text: Có, points: 1 }, { text: Không, points: 0 }] }], bands: [{ from: 0, words: Cảm ơn. }] }\n'
const DAY_OFF = 'holidays:\n  - { day: "2027-04-30", name: Ngày lễ, source: who, confirmed: true }\nswaps: []\n'

function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`nothing to change: ${from}`)
  return text.replace(from, to)
}

const TELLING = replaced(bookFiles().get(SERVICE)!, '## tin-moi\nMột câu.', '## tin-moi\nCó tin về bệnh.')

/** For each rule, changes that break exactly it, and what is printed. */
export const RULE_CASES: Readonly<Record<keyof typeof CONTENT_RULES | 'form', readonly RuleCase[]>> = {
  form: [
    [
      'a key that is not the file’s name',
      topic('key: noi-voi-con', 'key: khac'),
      ['content/vi/topics/noi-voi-con.md: key (dòng 2): Tên “khac” khác tên tệp “noi-voi-con”.'],
    ],
    [
      'a review that nobody is said to have made',
      topic('status: draft', 'status: reviewed'),
      [
        'content/vi/topics/noi-voi-con.md: status (dòng 7): Đã duyệt (reviewed) thì ghi ai duyệt, ngày nào; còn nháp (draft) thì reviewed: null.',
      ],
    ],
    [
      'law signed by somebody else than a lawyer',
      {
        [TOPICS]: TOPIC.replace('level: education', 'level: legal')
          .replace('status: draft', 'status: reviewed')
          .replace('reviewed: null', 'reviewed: { role: editor, on: 2026-11-20 }'),
      },
      ['content/vi/topics/noi-voi-con.md: reviewed (dòng 12): Bài loại legal phải do lawyer duyệt.'],
    ],
    [
      'a day that is no day',
      topic('review_by: 2027-02-21', 'review_by: 21/2/2027'),
      ['content/vi/topics/noi-voi-con.md: review_by (dòng 13): Viết ngày theo mẫu 2026-11-21.'],
    ],
    [
      'a quiz without its right answer',
      quiz(QUESTION.replace(', right: 1', '')),
      ['content/vi/topics/noi-voi-con.md: quiz.0.right (dòng 9): Thiếu mục này: cần một con số.'],
    ],
    [
      'markup that no channel shows',
      card('Chọn *lúc* yên.'),
      [
        'content/vi/topics/noi-voi-con.md: ## card (dòng 16): Chỉ được dùng **chữ đậm**, không để trống, không lồng nhau; dấu * khác sẽ hiện ra như một ngôi sao.',
      ],
    ],
    [
      'bold that would show as stars',
      card('Chọn **** lúc yên.'),
      [
        'content/vi/topics/noi-voi-con.md: ## card (dòng 16): Chỉ được dùng **chữ đậm**, không để trống, không lồng nhau; dấu * khác sẽ hiện ra như một ngôi sao.',
      ],
    ],
    [
      'a pattern that is none',
      { 'content/never.yaml': '- { id: a, pattern: "(((", why: để thử thôi }\n' },
      ['content/never.yaml: 0.pattern (dòng 1): Mẫu “a” không phải là một biểu thức đúng.'],
    ],
  ],
  sources: [
    [
      'a source that nobody wrote down',
      topic('[ who ]', '[ khong-ro ]'),
      ['content/vi/topics/noi-voi-con.md: sources (dòng 9): Không có nguồn “khong-ro” trong content/sources.yaml.'],
    ],
    [
      'no source at all',
      topic('[ who ]', '[]'),
      ['content/vi/topics/noi-voi-con.md: sources (dòng 9): lưu ý: Chủ đề này chưa ghi nguồn nào.'],
    ],
    [
      'a law not in force yet',
      source('{ title: Luật A, kind: law, in_force_from: 2027-01-01, confidence: confirmed }'),
      ['content/vi/topics/noi-voi-con.md: sources (dòng 9): lưu ý: Nguồn “who” đến ngày 2027-01-01 mới có hiệu lực.'],
    ],
    [
      'a law that ended, with every text resting on it',
      source('{ title: Luật A, kind: law, in_force_to: 2026-06-30, confidence: confirmed }'),
      [
        'content/sources.yaml: who (dòng 1): lưu ý: Luật A hết hiệu lực ngày 2026-06-30; 1 lời còn dựa vào: topic noi-voi-con.',
        'content/vi/topics/noi-voi-con.md: sources (dòng 9): lưu ý: Nguồn “who” đã hết hiệu lực ngày 2026-06-30.',
      ],
    ],
  ],
  reviews: [
    [
      'a day to look again that has passed',
      { [TOPICS]: TOPIC.replace('as_of: 2026-11-21', 'as_of: 2026-11-01').replace('2027-02-21', '2026-11-20') },
      [
        'content/vi/topics/noi-voi-con.md: review_by (dòng 13): lưu ý: Đã quá ngày xem lại (2026-11-20). Bài vẫn hiện, nhưng cần người xem.',
      ],
    ],
    [
      'a day to look again before the day it was checked',
      topic('review_by: 2027-02-21', 'review_by: 2026-11-21'),
      ['content/vi/topics/noi-voi-con.md: review_by (dòng 13): Ngày xem lại phải sau ngày kiểm tra (as_of).'],
    ],
    [
      'a check in the future',
      topic('as_of: 2026-11-21', 'as_of: 2026-12-01'),
      ['content/vi/topics/noi-voi-con.md: as_of (dòng 10): lưu ý: Ngày kiểm tra (as_of) nằm ở tương lai.'],
    ],
    [
      'law that nobody signed for too long',
      {
        [TOPICS]: TOPIC.replace('level: education', 'level: legal').replace(
          'written: 2026-11-01',
          'written: 2026-08-01',
        ),
      },
      [
        'content/vi/topics/noi-voi-con.md: reviewed (dòng 12): lưu ý: Viết từ 2026-08-01, quá 90 ngày mà chưa có chuyên môn nào duyệt.',
      ],
    ],
    [
      'a signature before the text',
      {
        [TOPICS]: TOPIC.replace('status: draft', 'status: reviewed').replace(
          'reviewed: null',
          'reviewed: { role: editor, on: 2026-10-01 }',
        ),
      },
      ['content/vi/topics/noi-voi-con.md: reviewed (dòng 12): Ngày duyệt ở trước ngày viết (written).'],
    ],
    [
      'a signature of tomorrow',
      {
        [TOPICS]: TOPIC.replace('status: draft', 'status: reviewed').replace(
          'reviewed: null',
          'reviewed: { role: editor, on: 2026-12-01 }',
        ),
      },
      ['content/vi/topics/noi-voi-con.md: reviewed (dòng 12): lưu ý: Ngày duyệt 2026-12-01 chưa tới.'],
    ],
  ],
  contacts: [
    [
      'a number nobody called',
      contact('shown: true'),
      [
        'content/contacts.yaml: so (dòng 5): Số 0900 000 000 đang để hiện nhưng chưa có người gọi thử (verified_by, verified_on). Máy sẽ không hiện số này.',
      ],
    ],
    [
      'a number past its date',
      contact('shown: true, verified_by: Lan, verified_on: 2026-05-01, expires_on: 2026-10-01'),
      [
        'content/contacts.yaml: so (dòng 5): Số 0900 000 000 đang để hiện nhưng đã hết hạn ngày 2026-10-01. Máy sẽ không hiện số này.',
      ],
    ],
    [
      'an emergency number that is missing',
      { 'content/contacts.yaml': CONTACTS.replace(/"111".*\n/, '') },
      ['content/contacts.yaml: 111: Thiếu số 111 (Bảo vệ trẻ em).'],
    ],
    [
      'a number in words that may not be shown',
      says('Gọi 0912 345 678.'),
      [
        'content/vi/chao.md: ## hoc (dòng 12): Số 0912 345 678 không nằm trong các số được phép hiện (content/contacts.yaml).',
      ],
    ],
  ],
  wording: [
    [
      'a word that wounds',
      says('Bài cho con nghiện.'),
      [
        'content/vi/chao.md: ## hoc (dòng 13): Không viết “con nghiện”: lời này gọi một người bằng bệnh của họ. Nên viết: người sử dụng ma túy, hoặc bạn, anh, chị.',
      ],
    ],
    [
      'a word that wounds in a title',
      topic('title: Nói chuyện với con', 'title: Con tái nghiện'),
      [
        'content/vi/topics/noi-voi-con.md: title (dòng 3): Không viết “tái nghiện”: với người đang cố gắng, từ này nghe như một bản án. Nên viết: dùng lại, trượt.',
      ],
    ],
    [
      'a word that wounds in the second line of a paragraph',
      card('Chọn lúc yên.\nĐừng gọi con là đồ hư hỏng.'),
      [
        'content/vi/topics/noi-voi-con.md: ## card (dòng 17): Không viết “hư hỏng”: lời trách làm người đang khó không dám nhắn nữa.',
      ],
    ],
    [
      'a body that is no more',
      says('Hỏi Sở Lao động nhé.'),
      [
        'content/vi/chao.md: ## hoc (dòng 13): Không viết “Sở Lao động”: cơ quan này không còn. Nên viết: Công an xã, phường hoặc tên cơ quan trong dữ liệu.',
      ],
    ],
  ],
  promises: [
    [
      'secrecy',
      says('Ở đây giữ kín tuyệt đối.'),
      [
        'content/vi/chao.md: ## hoc (dòng 13): Không hứa “giữ kín tuyệt đối”: pháp luật có lúc buộc phải cung cấp, nên không ai hứa giữ kín tuyệt đối.',
      ],
    ],
    [
      'a promise in quotation marks',
      says('Người ta nói “cai là khỏi hẳn”.'),
      ['content/vi/chao.md: ## hoc (dòng 13): Không hứa “khỏi hẳn”: không ai hứa được kết quả điều trị.'],
    ],
  ],
  never: [
    [
      'a dose',
      says('Mỗi lần 5 mg thôi.'),
      ['content/vi/chao.md: ## hoc (dòng 13): Không viết “5 mg”: không nói liều lượng; liều do bác sĩ quyết định.'],
    ],
    [
      'how to pass a test',
      card('Có mẹo qua xét nghiệm.'),
      [
        'content/vi/topics/noi-voi-con.md: ## card (dòng 16): Không viết “mẹo qua xét nghiệm”: không giúp gian dối xét nghiệm.',
      ],
    ],
    [
      'a village that may know who is meant',
      script(`${SCRIPT} Trong xóm ta có người đang cai.`),
      [
        'content/vi/topics/noi-voi-con.md: ## loa (dòng 22): Không viết “Trong xóm ta có người”: loa không nói tới ai trong xóm, kể cả không nêu tên.',
      ],
    ],
  ],
  discreet: [
    [
      'a telling word on a lock screen',
      { [SERVICE]: TELLING },
      [
        `content/vi/he-thong.md: ## tin-moi (dòng ${TELLING.split('\n').indexOf('## tin-moi') + 1}): Lời kín “he-thong.tin-moi” không được có “bệnh”: người khác có thể đọc trên màn hình khoá.`,
      ],
    ],
  ],
  limits: [
    [
      'a text too long for a channel',
      says(`Chọn. ${'Dài lắm. '.repeat(220)}`),
      [
        'content/vi/chao.md: ## hoc (dòng 12): Dài 1987 ký tự, quá 1900. Hãy cắt ngắn.',
        'flows/chao/flow.yaml: nodes.hoc (dòng 14): Tin nhắn có thể dài 2009 ký tự cả lựa chọn, quá 1900. Hãy cắt ngắn.',
      ],
    ],
    [
      'a label too long for a button',
      chao('- minh: Cho mình', `- minh: ${'dài '.repeat(11).trim()}`),
      ['content/vi/chao.md: ## ai - minh (dòng 9): Nhãn dài 43 ký tự, quá 40.'],
    ],
    [
      'a title too long for a button',
      topic('title: Nói chuyện với con', 'title: Nói chuyện với con khi con đã lớn rồi'),
      ['content/vi/topics/noi-voi-con.md: title (dòng 3): Tên chủ đề dài 37 ký tự, quá 32: nó là một nút bấm.'],
    ],
  ],
  topics: [
    [
      'a card that is no card',
      card('Chọn lúc yên nhé. '.repeat(16).trim()),
      ['content/vi/topics/noi-voi-con.md: ## card (dòng 15): lưu ý: Thẻ có 64 từ; nên nhiều nhất 60.'],
    ],
    [
      'a longer read that fills more than a message',
      topic('Nghe nhiều hơn nói.', 'Nghe nhiều hơn nói. '.repeat(80).trim()),
      ['content/vi/topics/noi-voi-con.md: ## more (dòng 18): lưu ý: Bài dài 1599 ký tự; nên nhiều nhất 1500.'],
    ],
  ],
  reading: [
    [
      'a sentence that is too long',
      says(`${'rất '.repeat(45)}dài.`),
      [
        'content/vi/chao.md: ## hoc (dòng 13): Câu dài 46 chữ, quá 45: “rất rất rất rất rất rất rất rất rất rất …” Hãy tách ra.',
      ],
    ],
    [
      'a sentence that is rather long',
      says(`${'rất '.repeat(36)}dài.`),
      [
        'content/vi/chao.md: ## hoc (dòng 13): lưu ý: Câu dài 37 chữ; nên nhiều nhất 35: “rất rất rất rất rất rất rất rất rất rất …”',
      ],
    ],
    [
      'a long sentence in a card',
      card(`${'Rất '.repeat(26)}dài.`),
      [
        'content/vi/topics/noi-voi-con.md: ## card (dòng 16): lưu ý: Câu dài 27 chữ; nên nhiều nhất 25: “Rất Rất Rất Rất Rất Rất Rất Rất Rất Rất …”',
      ],
    ],
    [
      'a text of long sentences',
      says(`${`${'rất '.repeat(21)}dài. `.repeat(3)}${'Ngắn thôi. '.repeat(8)}`.trim()),
      ['content/vi/chao.md: ## hoc (dòng 12): lưu ý: 3 trong 11 câu dài hơn 20 chữ: bài này khó đọc.'],
    ],
    [
      'an office word in a card',
      card('Trước hết, liên hệ với trạm.'),
      [
        'content/vi/topics/noi-voi-con.md: ## card (dòng 16): lưu ý: “liên hệ” là lời giấy tờ; nên viết: gọi, nhắn, hỏi.',
      ],
    ],
    [
      'a card full of foreign words',
      card('Hỏi về methadone, naloxone, buprenorphine.'),
      [
        'content/vi/topics/noi-voi-con.md: ## card (dòng 15): lưu ý: Có 3 từ tiếng nước ngoài (methadone, naloxone, buprenorphine); nên nhiều nhất 2.',
      ],
    ],
  ],
  scripts: [
    [
      'a script that is too short',
      script('Bà con chú ý.'),
      ['content/vi/topics/noi-voi-con.md: ## loa (dòng 21): Bài đọc loa có 4 chữ; cần 120–520 (1 đến 3 phút).'],
    ],
    [
      'a sentence too long to be heard',
      script(`${SCRIPT} ${'Rất '.repeat(13)}dài.`),
      [
        'content/vi/topics/noi-voi-con.md: ## loa (dòng 21): Câu đọc loa dài 14 chữ, quá 12: “Rất Rất Rất Rất Rất Rất Rất Rất Rất Rất Rất Rất Rất dài”.',
      ],
    ],
    [
      'a script that speaks to one',
      script(`${SCRIPT} Chào {bạn}.`),
      ['content/vi/topics/noi-voi-con.md: ## loa (dòng 21): Bài đọc loa không gọi riêng ai: bỏ {…}.'],
    ],
    [
      'a poster line of two breaths',
      { [TOPICS]: `${TOPIC}\n## ap-phich\n${'Rất '.repeat(20)}dài.\n` },
      ['content/vi/topics/noi-voi-con.md: ## ap-phich (dòng 21): Dòng áp phích nhiều nhất 20 chữ.'],
    ],
  ],
  quiz: [
    [
      'a right answer that is not there',
      quiz(QUESTION.replace('right: 1', 'right: 3')),
      [
        'content/vi/topics/noi-voi-con.md: quiz (dòng 9): Câu đố “Gọi số nào khi có người ngất?”: không có câu trả lời số 3.',
      ],
    ],
    [
      'the same answer twice',
      quiz(QUESTION.replace('["115", "113"]', '[Có, "có", Không]')),
      [
        'content/vi/topics/noi-voi-con.md: quiz (dòng 9): Câu đố “Gọi số nào khi có người ngất?”: câu trả lời “có” có hai lần.',
      ],
    ],
    [
      'the same question twice',
      quiz(QUESTION + QUESTION),
      [
        'content/vi/topics/noi-voi-con.md: quiz (dòng 10): Câu đố “Gọi số nào khi có người ngất?” đã có ở bài “noi-voi-con”.',
      ],
    ],
  ],
  reach: [
    [
      'a topic nobody comes to',
      {
        [OTHER]: TOPIC.replace('key: noi-voi-con', 'key: khac')
          .replace('[phu-huynh]', '[sau-cai]')
          .replace('[ "nói gì với con" ]', '[]'),
      },
      [
        'content/vi/topics/khac.md: title (dòng 3): Không ai tới được bài này: không kệ nào có nó, không ý nào dẫn tới, và chưa có câu hỏi nào.',
      ],
    ],
  ],
  questions: [
    [
      'the question of a topic among those of a flow',
      { 'flows/asked.yaml': 'chao: [nói gì với con ạ]\n' },
      ['flows/asked.yaml: chao: lưu ý: Câu “nói gì với con ạ” đã có ở chủ đề “noi-voi-con”.'],
    ],
    [
      'the question of another topic, without marks and more politely',
      other('"gì khác"', '"cho em nói gì với con ạ"'),
      ['content/vi/topics/noi-voi-con.md: questions (dòng 8): lưu ý: Câu “nói gì với con” đã có ở chủ đề “khac”.'],
    ],
    [
      'the same question twice in one topic',
      topic('[ "nói gì với con" ]', '["nói gì với con", "noi gi voi con"]'),
      ['content/vi/topics/noi-voi-con.md: questions (dòng 8): lưu ý: Câu “noi gi voi con” đã có ở trên.'],
    ],
  ],
  replies: [
    [
      'a number in a reply',
      { 'content/replies.yaml': REPLY.replace('Chào bạn.', 'Gọi 0912 345 678.') },
      ['content/replies.yaml: chao (dòng 1): Câu đã duyệt không viết số “0912 345 678”; chỉ 111, 113, 114, 115.'],
    ],
  ],
  kits: [
    [
      'parts that do not add up',
      { 'content/kits.yaml': KIT.replace('minutes: 10,', 'minutes: 20,') },
      ['content/kits.yaml: kit (dòng 1): Các phần cộng lại là 10 phút, không phải 20.'],
    ],
  ],
  campaigns: [
    [
      'a telling word to many',
      {
        'content/campaigns.yaml':
          'a: { title: Tin, from: { month: 1, day: 1 }, to: { month: 1, day: 2 }, text: Hẹn bạn ở lớp về bệnh. }\n',
      },
      [
        'content/campaigns.yaml: a (dòng 1): Mẫu tin báo không được có “bệnh”: người khác có thể đọc trên màn hình khoá.',
      ],
    ],
  ],
  courses: [
    [
      'a lesson that is not there',
      {
        'content/courses.yaml': COURSE.replace('noi-voi-con, khac', 'noi-voi-con, la'),
        ...other('locale: vi', 'locale: vi'),
      },
      ['content/courses.yaml: khoa (dòng 1): Không có bài “la”.'],
    ],
  ],
  enrolment: [
    [
      'a paper without a source',
      { 'content/enrolment.yaml': PAPERS.replace('source: who', 'source: la') },
      ['content/enrolment.yaml: (dòng 1): “don”: không có nguồn “la”.'],
    ],
  ],
  'self-checks': [
    [
      'an answer to which nothing is said',
      { 'content/self-checks.yaml': SELF_CHECK.replace('from: 0', 'from: 1') },
      ['content/self-checks.yaml: do (dòng 1): Mức đầu phải từ 0 điểm: ai trả lời thế nào cũng có lời.'],
    ],
  ],
  places: [
    [
      'a sample that looks real',
      { 'content/samples.yaml': SAMPLES.replace('MẪU A', 'Điểm A') },
      ['content/samples.yaml: points.mau-a (dòng 2): Tên của dữ liệu mẫu phải có chữ “MẪU”.'],
    ],
  ],
  calendar: [
    [
      'a day off twice',
      {
        'content/calendar.yaml': DAY_OFF.replace(
          'swaps',
          '  - { day: "2027-04-30", name: Ngày lễ, source: who, confirmed: true }\nswaps',
        ),
      },
      ['content/calendar.yaml: holidays.1 (dòng 3): Ngày 2027-04-30 có hai lần.'],
    ],
  ],
}
