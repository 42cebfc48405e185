import { expect, test } from 'vitest'
import { fold } from './fold.ts'

test.each([
  ['ResNet', 'resnet'],
  ['Résumé', 'resume'],
  ['re\u0301sume\u0301', 'resume'],
  ['STRASSE Straße STRAẞE', 'strasse strasse strasse'],
  ['ΟΔΟΣ οδος', 'οδοσ οδοσ'],
  ['İstanbul ılık', 'istanbul ilik'],
  ['ﬁne ＡＢＣ ①', 'fine abc 1'],
  ['Ørsted', 'ørsted'],
])('%s is looked for as %s', (text, folded) => expect(fold(text)).toBe(folded))
