import type { Fills, FillValue, Id, Instant } from '../content.ts'
import type { Conversation } from '../conversation.ts'
import { shortCode } from '../short-code.ts'

/** Ways of rehabilitation and treatment as the law has them today (Luật Phòng, chống ma túy 2025, Điều 30, 43). */
export const TREATMENT_FORMS = ['tai-nha', 'cong-lap', 'tu-nhan', 'thay-the', 'chua-biet'] as const
export type TreatmentForm = (typeof TREATMENT_FORMS)[number]

/** Who runs this service, in law: it changes what a person must be told. */
export const OPERATOR_KINDS = ['ubnd_xa', 'cong_an_xa', 'tram_y_te', 'to_chuc_xa_hoi', 'don_vi_cai_nghien'] as const
export type OperatorKind = (typeof OPERATOR_KINDS)[number]

/**
 * How far a request has come. `submitted` and `accepted` happen outside this service and are what staff or the person
 * say of it. `transferred` is a step of the record's way, never where it stands.
 */
export const ENROLMENT_STATES = [
  'asked',
  'answered',
  'booked',
  'papers_ready',
  'submitted',
  'accepted',
  'started',
  'declined',
] as const
export type EnrolmentState = (typeof ENROLMENT_STATES)[number]
export type EnrolmentStep = EnrolmentState | 'transferred'

/** Nothing follows after these. */
export const ENROLMENT_ENDS: readonly EnrolmentState[] = ['started', 'declined']

/** For oneself, or by a parent for their child of 12 to under 18 (Điều 31, 32): then the record is the parent's. */
export const WHOM = ['minh', 'con'] as const
export type Whom = (typeof WHOM)[number]

/** A request to be helped into treatment. Nothing in it says what somebody used, since when, or how. */
export interface Enrolment {
  id: Id
  whom: Whom
  form: TreatmentForm
  point: Id
  state: EnrolmentState
  /** When it last moved; its record is kept so long after that and no longer. */
  movedAt: Instant
  /** The papers that the person ticked at home, by their ids. */
  papers: readonly Id[]
  /** The point that is to have the record, while the person has not said yes or no. */
  transferTo: Id | null
  /** They chose that staff of the police may read this request, and this one alone. */
  chosePolice?: true
}

export const enrolmentOf = ({ enrolment }: Conversation): Enrolment | null => enrolment ?? null

export const isOver = ({ state }: Pick<Enrolment, 'state'>): boolean => ENROLMENT_ENDS.includes(state)

/** What somebody may say at the point instead of a name. */
export const enrolmentCode = (id: Id): string => `DK-${shortCode(id)}`

/** Answers that say who somebody is or where they may be found: asked only after the notice and a yes. */
export const IDENTITY_ANSWERS: readonly string[] = ['call_name', 'age_band', 'need_today', 'treatment_form']

/** What a request keeps of what was answered, and nothing else. */
export const REQUEST_ANSWERS: readonly string[] = [
  'call_name',
  'by_code',
  'commune',
  'no_home',
  'age_band',
  'treatment_form',
  'need_today',
  'relative_may_know',
]

/** The values that words about somebody's request may name: of the one that is open, or of what they have said so far. */
export function enrolmentFills(state: Conversation): Fills {
  const enrolment = enrolmentOf(state)
  if (!enrolment || isOver(enrolment)) return draftFills(state)
  return {
    ...draftFills(state),
    enrol_code: { type: 'text', text: enrolmentCode(enrolment.id) },
    enrol_state: { type: 'words', key: `dang-ky.trang-thai.${enrolment.state}` },
    enrol_form: { type: 'words', key: `dang-ky.cach.${enrolment.form}` },
    enrol_point: { type: 'point_line', id: enrolment.point },
    ...(enrolment.transferTo === null ? {} : { enrol_transfer: { type: 'point_line', id: enrolment.transferTo } }),
  }
}

function draftFills({ answers }: Conversation): Fills {
  const code = (name: string) => {
    const answer = answers[name]
    return answer?.type === 'code' && answer.value !== '' ? answer.value : null
  }
  const name = answers.call_name
  const [commune, point, age, form] = [code('commune'), code('point'), code('age_band'), code('treatment_form')]
  return {
    enrol_name:
      name?.type === 'words' ? { type: 'answer', id: name.id } : { type: 'words', key: 'dang-ky.ten.dung-ma' },
    enrol_commune: commune === null ? UNSAID : { type: 'commune', id: commune },
    enrol_age: age === null ? UNSAID : { type: 'words', key: `dang-ky.tuoi.${age}` },
    enrol_form: form === null ? UNSAID : { type: 'words', key: `dang-ky.cach.${form}` },
    enrol_point: point === null ? UNSAID : { type: 'point_line', id: point },
    enrol_readers: { type: 'words', key: `dang-ky.ai-nhan.${code('handled_by') ?? 'khong-cong-an'}` },
  }
}

const UNSAID: FillValue = { type: 'words', key: 'dang-ky.chua-noi' }
