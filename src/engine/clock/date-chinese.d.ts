/** The part of the package that is used here; it brings types of its own that its exports do not name. */
declare module 'date-chinese' {
  export class CalendarVietnamese {
    /** Julian ephemeris day of the first day of the moon year that begins in this year. */
    newYear(year: number): number
    fromJDE(jde: number): this
    fromGregorian(year: number, month: number, day: number): this
    set(cycle: number, year: number, month: number, leap: boolean, day: number): this
    get(): [cycle: number, year: number, month: number, leap: boolean, day: number]
    toGregorian(): { year: number; month: number; day: number }
  }
}
