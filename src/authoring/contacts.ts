import type { Contact } from './sources-format.ts'

/** They never expire and are shown whatever the contacts file says: the last thing that may be missing. */
export const ALWAYS_SHOWN: readonly (readonly [number: string, name: string])[] = [
  ['113', 'Công an'],
  ['114', 'Chữa cháy, cứu nạn, cứu hộ'],
  ['115', 'Cấp cứu y tế'],
  ['111', 'Bảo vệ trẻ em'],
]

function isAlwaysShown(contact: Contact): boolean {
  return ALWAYS_SHOWN.some(([number]) => number === contact.number)
}

const LONGEST_VALIDITY_MONTHS = 6

/** The numbers that may be shown as long as their date holds: 113, 114, 115 and 111 first, whatever the file says. */
export function showable(contacts: readonly Contact[]): readonly Contact[] {
  const verified = (one: Contact) => one.verifiedOn !== null && one.verifiedBy !== null && one.expiresOn !== null
  const others = contacts.filter((one) => !isAlwaysShown(one) && one.shown && verified(one))
  return [...emergencyNumbers(contacts), ...others]
}

function emergencyNumbers(contacts: readonly Contact[]): readonly Contact[] {
  return ALWAYS_SHOWN.map(
    ([number, name]) => contacts.find((contact) => contact.number === number) ?? emergencyNumber(number, name),
  )
}

/** The numbers that may be shown today; one whose dates do not hold is silently left out. */
export function contactsToShow(contacts: readonly Contact[], today: string): readonly Contact[] {
  const others = contacts.filter((contact) => !isAlwaysShown(contact))
  return [
    ...emergencyNumbers(contacts),
    ...others.filter((contact) => contact.shown && faultOf(contact, today) === null),
  ]
}

/** Why a number may not be shown today, in words for an editor; null when it may. */
export function faultOf(contact: Contact, today: string): string | null {
  if (isAlwaysShown(contact)) return null
  const { verifiedOn, verifiedBy, expiresOn } = contact
  if (verifiedOn === null || verifiedBy === null) return 'chưa có người gọi thử (verified_by, verified_on)'
  if (verifiedOn > today) return 'ngày gọi thử nằm ở tương lai'
  if (expiresOn === null) return 'chưa có ngày hết hạn (expires_on)'
  if (expiresOn > addMonths(verifiedOn, LONGEST_VALIDITY_MONTHS)) return 'hạn dùng dài quá 6 tháng kể từ ngày gọi thử'
  if (expiresOn < today) return `đã hết hạn ngày ${expiresOn}`
  return null
}

export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

function emergencyNumber(number: string, name: string): Contact {
  return {
    id: number,
    number,
    name,
    owner: null,
    hours: 'always',
    for: [],
    coverage: null,
    cost: null,
    confidence: 'confirmed',
    verifiedBy: null,
    verifiedOn: null,
    expiresOn: null,
    shown: true,
    note: null,
  }
}
