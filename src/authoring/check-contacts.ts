import { ALWAYS_SHOWN, addMonths, contactsToShow, faultOf } from './contacts.ts'
import type { Draft } from './draft.ts'
import type { Problem } from './problem.ts'
import { problemAt, warningAt } from './problem.ts'

const FILE = 'content/contacts.yaml'
const PHONE = /(?<!\d)(?:\+?84|0|1[89]00)(?:[ .-]?\d){4,9}(?!\d)/g

/** A wrong number costs a call that somebody found the courage for. */
export function checkContacts(draft: Draft, today: string): readonly Problem[] {
  return [...checkEmergencyNumbers(draft), ...checkShown(draft, today), ...checkNumbersInWords(draft, today)]
}

function checkEmergencyNumbers(draft: Draft): readonly Problem[] {
  if (draft.contacts.length === 0) return []
  return ALWAYS_SHOWN.flatMap(([number, name]) => {
    const contact = draft.contacts.find(({ value }) => value.number === number)
    if (contact === undefined) return [problemAt({ file: FILE, path: number }, `Thiếu số ${number} (${name}).`)]
    const { hours, expiresOn, shown } = contact.value
    if (hours === 'always' && expiresOn === null && shown) return []
    return [problemAt(contact.place, `Số ${number} phải luôn hiện: hours: always, expires_on: null, shown: true.`)]
  })
}

function checkShown(draft: Draft, today: string): readonly Problem[] {
  return draft.contacts.flatMap(({ value, place }) => {
    if (!value.shown) return []
    const fault = faultOf(value, today)
    if (fault !== null)
      return [problemAt(place, `Số ${value.number} đang để hiện nhưng ${fault}. Máy sẽ không hiện số này.`)]
    if (value.expiresOn !== null && value.expiresOn <= addMonths(today, 1)) {
      return [warningAt(place, `Số ${value.number} sắp hết hạn (${value.expiresOn}). Hãy gọi thử lại.`)]
    }
    return []
  })
}

/** A number written into a text escapes every date, so only numbers that may be shown may be written. */
function checkNumbersInWords(draft: Draft, today: string): readonly Problem[] {
  const shown = contactsToShow(
    draft.contacts.map(({ value }) => value),
    today,
  ).map((contact) => digits(contact.number))
  return [...draft.passages.values()].flatMap(({ paragraphs, place }) =>
    paragraphs
      .flatMap((paragraph) => paragraph.split(/(?<=[.?!])\s+|\n/))
      .filter((sentence) => !/ví dụ|như 0/i.test(sentence))
      .flatMap((sentence) => sentence.match(PHONE) ?? [])
      .filter((number) => !shown.includes(digits(number)))
      .map((number) => problemAt(place, `Số ${number} không nằm trong các số được phép hiện (content/contacts.yaml).`)),
  )
}

function digits(number: string): string {
  return number.replace(/\D/g, '').replace(/^84/, '0')
}
