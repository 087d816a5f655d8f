// What `offprint export` writes of the example site opens in readers that are not ours.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import test from 'node:test'
import { validate } from '@jsonresume/schema'

const require = createRequire(import.meta.url)
const Cite = require('citation-js')

const program = process.env.OFFPRINT ?? 'target/debug/offprint'
const site = new URL('../../example-site', import.meta.url).pathname

function exported(format) {
  return execFileSync(program, ['export', format, '--site', site, '--today', '2026-11-24', '--quiet'], { encoding: 'utf8' })
}

const works = JSON.parse(exported('csl-json'))

test('the example has works of many types', () => {
  assert.ok(works.length > 10)
  assert.ok(new Set(works.map((work) => work.type)).size > 5)
})

for (const format of ['bibtex', 'ris', 'csl-json']) {
  test(`${format} opens in citation-js with every work, author and DOI`, () => {
    const read = new Cite(exported(format)).data
    assert.equal(read.length, works.length)
    for (const [index, work] of works.entries()) {
      const plain = (title) => title.replace(/<\/?(i|b|sup|sub|span)[^>]*>/g, '').replace(/[’‘]/g, "'").toLowerCase()
      assert.equal(plain(read[index].title), plain(work.title))
      // BibTeX's own `and others` is a name to this reader.
      const authors = read[index].author.filter((name) => Object.values(name).join() !== 'others')
      assert.equal(authors.length, work.author.length, work.title)
      assert.equal(read[index].DOI?.toLowerCase(), work.DOI, work.title)
    }
  })
}

test('json-resume keeps to its schema', async () => {
  const resume = JSON.parse(exported('json-resume'))
  await new Promise((resolve, reject) => {
    validate(resume, (errors) => (errors ? reject(new Error(JSON.stringify(errors))) : resolve()))
  })
  assert.equal(resume.publications.length, works.length)
})
