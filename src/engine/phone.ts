import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** Numbers a counsellor can call back; not hotlines or short codes. */
const CALLABLE: readonly (string | undefined)[] = ['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE']

/** A Vietnamese phone number in any local spelling as E.164, or null. Dead eleven-digit numbers are refused. */
export function readPhone(text: string): string | null {
  const near = text.slice(0, 200).normalize('NFKC')
  for (const shape of [/\+?\d[\d .\-()]{6,18}\d/g, /(?<!\d)\+?\d{9,12}(?!\d)/g]) {
    for (const found of near.match(shape) ?? []) {
      const phone = parsePhoneNumberFromString(found, 'VN')
      if (phone?.isValid() && phone.country === 'VN' && CALLABLE.includes(phone.getType())) return phone.number
    }
  }
  return null
}

/** As people in Vietnam write it: 0912 345 678. Anything that is not a stored number comes back as it is. */
export function showPhone(text: string): string {
  const digits = /^\+84(\d{9,10})$/.exec(text)?.[1]
  return digits === undefined ? text : `0${digits}`.replace(/^(\d{4})(\d{3})(\d+)$/, '$1 $2 $3')
}
