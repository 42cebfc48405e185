import { IconDownload } from '@tabler/icons-react'
import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import { shortBytes } from '../../../../src-contract/words/human-number.ts'
import { IconButton } from '../../../components/forms/icon-button.tsx'
import { Card } from '../../../components/layout/card.tsx'
import { Fact } from '../../../components/layout/fact.tsx'
import { saveFromApi } from '../../../lib/api/save-from-api.ts'

/** The small files that came with a model, and what its card filled in. */
export function CompanionsCard({ model }: { model: FunctionDetail }) {
  const companions = model.Downloads.filter(({ Role }) => Role === 'companion')
  if (companions.length === 0) return null
  const filled = model.Card?.Filled.map((key) => words[key] ?? key.replace('Fields.', '')) ?? []
  return (
    <Card title="Companion files">
      <dl>
        {companions.map(({ Name, Size, Url }) => (
          <Fact key={Name} label={Name}>
            {shortBytes(Size)}
            <IconButton label={`Download ${Name}`} icon={IconDownload} onClick={() => void saveFromApi(Url, Name)} />
          </Fact>
        ))}
      </dl>
      {filled.length > 0 && <p className="quiet">From the model card: {filled.join(', ')}.</p>}
      {model.Card?.Problem && <p className="quiet">{model.Card.Problem}</p>}
    </Card>
  )
}

const words: Record<string, string> = {
  Documentation: 'documentation',
  Licence: 'licence',
  Tags: 'tags',
  SourceTask: 'task',
  SourceBaseModel: 'base model',
}
