// The PDF of the CV in checkers that are not ours: qpdf, pdfinfo, and two of PDF/UA from Python's packages.

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'

const program = resolve(process.env.OFFPRINT ?? 'target/debug/offprint')
const checkers = resolve(process.env.PDF_CHECKERS ?? 'target/pdf-checkers')
const site = new URL('../../example-site', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'offprint-cv-'))

function run(name, words) {
  const env = { ...process.env, PYTHONPATH: checkers }
  const result = spawnSync(name, words, { cwd: folder, encoding: 'utf8', env })
  assert.equal(result.error, undefined, `${name} runs`)
  return result
}

for (const template of ['academic', 'fellowship', 'one-page']) {
  for (const paper of ['a4', 'letter']) {
    const file = `${template}-${paper}.pdf`
    test(`${template} on ${paper} is clean in qpdf, pdfinfo, outloud and pdfua`, () => {
      const words = ['cv', '--site', site, '--template', template, '--paper', paper, '--today', '2026-11-24', '--out', file]
      execFileSync(program, words, { cwd: folder, stdio: 'pipe' })
      const qpdf = run('qpdf', ['--check', file])
      assert.equal(qpdf.status, 0, qpdf.stdout + qpdf.stderr)
      const info = run('pdfinfo', [file])
      assert.equal(info.stderr, '')
      assert.match(info.stdout, /^Tagged: +yes$/m)
      assert.match(info.stdout, /^Title: +Curriculum vitae of Zainab Amelie Oyelaran-Quist$/m)
      const fonts = run('pdffonts', [file]).stdout.split('\n').slice(2).filter(Boolean)
      assert.ok(fonts.length > 2)
      for (const font of fonts) assert.match(font, /\byes yes yes\b/, 'embedded, a subset, with its letters')
      const outloud = run(join(checkers, 'bin/outloud'), ['--fail-on', 'warning', file])
      assert.equal(outloud.status, 0, outloud.stdout + outloud.stderr)
      const pdfua = run(join(checkers, 'bin/pdfua'), ['check', file])
      assert.equal(pdfua.status, 0, pdfua.stdout + pdfua.stderr)
    })
  }
}
