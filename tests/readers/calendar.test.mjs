// The calendar of `offprint status --ics` opens in a reader that is not ours.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import test from 'node:test'
import ICAL from 'ical.js'

const program = process.env.OFFPRINT ?? 'target/debug/offprint'
const site = new URL('../../example-site', import.meta.url).pathname

test('every day that is due is an event of one day, with its reminders', () => {
  const text = execFileSync(program, ['status', '--ics', '--site', site, '--today', '2026-11-24'], { encoding: 'utf8' })
  const calendar = new ICAL.Component(ICAL.parse(text))
  const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event, { strictExceptions: true }))
  assert.ok(events.length > 10)
  const symposium = events.find((event) => event.summary === 'Abstracts for WSIS')
  assert.equal(symposium.startDate.toString(), '2027-01-15')
  assert.equal(symposium.duration.toString(), 'P1D')
  const alarms = symposium.component.getAllSubcomponents('valarm')
  assert.deepEqual(alarms.map((alarm) => alarm.getFirstPropertyValue('trigger').toString()), ['-P30D', '-P7D'])
  for (const event of events) {
    assert.ok(event.startDate.isDate && event.uid.endsWith('@zoq.example'), event.uid)
  }
})
