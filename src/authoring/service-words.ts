import { PLAN_PARTS } from '../engine/accompany/plan.ts'
import { SCORES } from '../engine/accompany/progress.ts'
import { RHYTHMS, SUPPORTER_BODIES } from '../engine/accompany/supporter.ts'
import { MEETING_REPLIES } from '../engine/clubs/club.ts'
import { LESSON_REPLIES } from '../engine/courses/notice.ts'
import { ENROLMENT_STATES, OPERATOR_KINDS, TREATMENT_FORMS } from '../engine/enrolment/enrolment.ts'
import type { ServiceFacts } from '../engine/facts.ts'
import { PASS_ITEMS } from '../engine/referrals/referral.ts'
import { STYLES, VISIT_KINDS } from '../engine/visits/appointment.ts'
import { REPLIES } from '../engine/visits/reminders.ts'

/**
 * Flows and words that the code itself reaches for. A test compares this list with the sources, so that neither
 * an author's deletion nor a programmer's new key can end in silence.
 */

/** The flow that a person's first message starts. */
export const HOME = 'chao'

/** `muc-luc` is the table of contents; `chu-de` shows the topic in the answer `topic`; `chua-hieu` is the honest fallback; `co-ich-khong` asks after a talk with a human. */
export const SERVICE_FLOWS: readonly string[] = [HOME, 'muc-luc', 'chu-de', 'chua-hieu', 'co-ich-khong', 'gap-nguoi']

/** Begun by the code where a book has them: the plain questions of safety, and what a text may have meant. */
export const CALLED_FLOWS: readonly string[] = [
  'lo-so',
  'hoi-thang',
  'hoi-ho',
  'luc-kho',
  'y-ban-la',
  'lich-hen',
  'doi-lich',
  'lich-nao',
  'buoi',
  'bai-hoc',
  'nghi-hoc',
  'cuoc-thi',
  'ngan-doc',
]

/** Where an emergency trigger belongs when it names no flow. */
export const EMERGENCY_FLOW = 'khan-cap'

const ANSWERS = ['choice', 'yes_no', 'number', 'phone', 'date', 'time', 'text', 'place', 'slot']
const MEDIA = ['photo', 'voice', 'video', 'sticker', 'file', 'location', 'contact', 'unsupported']

/** What staff read on their own phones. */
const PHONE_WORDS = [
  'bao',
  'bao-khan',
  'nut-nhan',
  'da-lien-ket',
  'dang-co-cuoc',
  'da-nhan',
  'da-nhan-tra-loi',
  'da-nhan-them',
  'da-co-nguoi',
  'da-xong-roi',
  'khong-thay',
  'trung-ma',
  'khong-nhan-duoc',
  'chua-nhan',
  'da-dong',
  'da-tra',
  'da-chuyen',
  'da-gui',
  'khong-gui',
  'cuoc-nao',
  'mo-ban',
  'tep',
  'dong',
  'con-nua',
  'danh-sach',
  'lop',
  'dong-cho',
  'dong-giu',
  'muc.emergency',
  'muc.urgent',
  'muc.routine',
  'khong-co-cuoc',
  'chua-ro',
  'tro-giup',
  'da-ngat',
  'het-quyen',
]

/** What is said of appointments outside any flow; reminders have words for each way a person may wish them. */
const VISIT_WORDS = [
  'nhan',
  ...[...VISIT_KINDS, 'meeting'].map((kind) => `loai.${kind}`),
  ...['dat', 'doi-boi-diem'].flatMap((step) => STYLES.map((style) => `${step}.${style}`)),
  'da-nhan',
  'diem-huy',
  'khi-nao-tien',
  'gio-hen-da-qua',
  'cu.moved',
  'cu.cancelled',
  'cu.past',
  'da-qua-roi',
  'gio-khong-trong',
  'ngay-khong-trong',
  'ngay-xa',
  'khong-co-ngay',
  'chon-gio',
  'vua-het',
  'het-cho',
]

/** What is said of a request outside any flow. */
const ENROLMENT_WORDS = [
  ...ENROLMENT_STATES.map((state) => `dang-ky.trang-thai.${state}`),
  'dang-ky.chua-noi',
  'giay-to.nhac.kin',
  'chuyen-diem.moi.kin',
  'noi-kenh.moi.kin',
]

/** What is said of introductions and of asking how it goes outside any flow. */
const REFERRAL_WORDS = [
  'gioi-thieu.moi.kin',
  ...PASS_ITEMS.map((item) => `gioi-thieu.chuyen.${item}`),
  ...['tuan-nay.kin', 'on', 'can-giup', 'da-ghi'].map((key) => `hoi-tham.${key}`),
]

/** What is said outside any flow of who walks beside somebody, and of their months. */
const ACCOMPANY_WORDS = [
  ...SUPPORTER_BODIES.map((body) => `nguoi-dong-hanh.to-chuc.${body}`),
  ...RHYTHMS.map((every) => `nguoi-dong-hanh.hoi-tham.${every}`),
  'nguoi-dong-hanh.moi.kin',
  ...['chua', '0', '1', '2', '3'].map((score) => `tien-bo.muc.${score}`),
  'tien-bo.nhac.kin',
  'ke-hoach.chua-ghi',
  'ke-hoach.diem-chua-co',
]

/** What is said of a lesson outside any flow. */
const COURSE_WORDS = ['moi.kin', 'de-sau', 'de-do'].map((key) => `bai-hoc.${key}`)
/** What stands in a chat for an answer of a scored try. */
const CONTEST_WORDS = ['cuoc-thi.da-tra-loi']

/** What is said of a club's meetings outside any flow. */
const MEETING_WORDS = [
  ...['moi', 'doi', 'co-cho', 'hom-truoc', 'trong-ngay'].flatMap((step) => STYLES.map((style) => `${step}.${style}`)),
  'huy.kin',
  'loi-moi.kin',
]

export const SERVICE_WORDS: readonly string[] = [
  ...[
    'chu-de-chua-duyet',
    'chu-de-chua-ky.legal',
    'chu-de-chua-ky.clinical',
    'chu-de-qua-han',
    'chu-de-luat-doi',
    'chu-de-tinh-den',
    'chu-de-da-duyet',
    'chu-de-mat',
    'chi-con-nguoi',
    'chua-ai-nhan',
    'chua-co-nguoi',
    'chua-hieu-dau',
    'chuyen-nguoi',
    'doi-nguoi',
    'da-dong',
    'da-sua',
    'dang-do',
    'ghi-nhan',
    'het-luot',
    'khan-cap',
    'khong-ai-truc',
    'khong-o-day',
    'lai-nua',
    've-cau-dang-do',
    'loi',
    'nguoi-da-vao',
    'nguoi-da-vao.co-ten',
    'nguoi-da-vao.khong-ten',
    'nguon',
    'loi-chao-thoai',
    'ban-nghe',
    'nhieu-noi',
    'noi-tieng',
    'nut-cu',
    ...['hoi', 'chinh-minh', 'cho-kenh-kia'].map((name) => `noi.${name}`),
    ...['hoi', 'da-noi', 'thoi', 'sai', 'da-dung', 'het-han', 'thu-nhieu'].map((name) => `phieu.${name}`),
    'thong-bao',
    'tam-biet',
    'tam-biet-con-phieu',
    'tin-moi',
    'tro-lai',
    'xac-nhan',
  ],
  ...['cong_an', 'y_te', 'ubnd', 'doan_the', 'to_chuc_xa_hoi'].map((name) => `noi-lam-viec.${name}`),
  ...['chua-khai', ...OPERATOR_KINDS].map((kind) => `don-vi.${kind}`),
  ...ANSWERS.map((kind) => `lai.${kind}`),
  ...MEDIA.map((kind) => `media.${kind}`),
  'media.voice-cho',
  'media.voice-dai',
]
  .map((key) => `he-thong.${key}`)
  .concat(
    PHONE_WORDS.map((key) => `dien-thoai.${key}`),
    VISIT_WORDS.map((key) => `lich-hen.${key}`),
    MEETING_WORDS.map((key) => `sinh-hoat.${key}`),
    ENROLMENT_WORDS,
    REFERRAL_WORDS,
    ACCOMPANY_WORDS,
    COURSE_WORDS,
    CONTEST_WORDS,
  )

export const SERVICE_LABELS: readonly string[] = [
  'he-thong.xac-nhan.co',
  'he-thong.xac-nhan.khong',
  'he-thong.phieu.hoi.co',
  'he-thong.phieu.hoi.khong',
  'he-thong.noi.hoi.co',
  'he-thong.noi.hoi.khong',
  ...REPLIES.map((reply) => `lich-hen.tra-loi.${reply}`),
  ...MEETING_REPLIES.map((reply) => `sinh-hoat.tra-loi.${reply}`),
  ...LESSON_REPLIES.map((reply) => `bai-hoc.nhac.${reply}`),
  ...TREATMENT_FORMS.map((form) => `dang-ky.cach.${form}`),
  'dang-ky.ten.dung-ma',
  'dang-ky.ai-nhan.khong-cong-an',
  'dang-ky.ai-nhan.cong-an',
]

/** What an appointment fills in any words about it. */
export const VISIT_FILLS = ['visit_when', 'visit_kind', 'visit_place', 'visit_label'] as const

/** What somebody's club fills in any words. */
export const CLUB_FILLS = ['club_name', 'club_place'] as const

/** What somebody's request fills in any words, and what the house is that runs the service. */
export const ENROLMENT_FILLS = [
  'enrol_age',
  'enrol_code',
  'enrol_commune',
  'enrol_name',
  'enrol_readers',
  'enrol_state',
  'enrol_form',
  'enrol_point',
  'enrol_transfer',
  'operator_notice',
] as const

/** What an introduction fills in any words about it. */
export const REFERRAL_FILLS = ['referral_code', 'referral_service', 'referral_place', 'referral_passes'] as const

/** What the supporter, the months and the plan of a person fill in any words. */
export const ACCOMPANY_FILLS = [
  'supporter_name',
  'supporter_body',
  'supporter_every',
  'progress_month',
  ...SCORES.flatMap((name) => ['then', 'now'].map((when) => `progress_${name}_${when}`)),
  ...PLAN_PARTS,
  'plan_point',
  'own_help',
]

/** What somebody's course fills in any words. */
export const COURSE_FILLS = ['course_title', 'course_about', 'course_count', 'course_place', 'course_next'] as const
/** What a round of practice and a contest fill in any words. */
export const QUIZ_FILLS = [
  ...['n', 'of', 'question', 'right', 'right_count', 'topic', 'why'].map((name) => `quiz_${name}`),
  ...['n', 'of', 'question', 'score', 'code', 'title', 'until', 'prize', 'prize_at', 'least'].map(
    (name) => `contest_${name}`,
  ),
]

/** Placeholders that the settings of the running service fill in any words. */
export const OPERATOR_FILLS: readonly (keyof ServiceFacts)[] = [
  'operator',
  'operator_type',
  'readers',
  'retention_days',
]

/** What stands for the settings where nothing is set: a rehearsal of a conversation. */
export const SAMPLE_SERVICE: ServiceFacts = {
  operator: 'MẪU – đơn vị vận hành',
  operator_type: 'loại hình mẫu',
  readers: 'cán bộ tư vấn mẫu',
  retention_days: '30',
}

/** Placeholders that code fills in the service's own words. */
export const SERVICE_FILLS: readonly string[] = [
  'as_of',
  'review_by',
  'ended_on',
  'code',
  'codes',
  'count',
  'language',
  'minutes',
  'open_now',
  'other',
  'priority',
  'sources',
  'staff_institution',
  'staff_name',
  'text',
  'web',
]
