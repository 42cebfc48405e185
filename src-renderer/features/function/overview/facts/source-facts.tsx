import { Link } from '@tanstack/react-router'
import type { FunctionDetail } from '../../../../../src-contract/contract/functions/function.ts'
import type { SourceKind } from '../../../../../src-contract/contract/functions/source.ts'
import { Fact } from '../../../../components/layout/fact.tsx'
import { SavedText } from '../saved-text.tsx'

const kinds: Record<SourceKind, string> = {
  'hugging-face': 'Hugging Face',
  mlflow: 'MLflow',
  genai: 'ONNX Runtime GenAI',
  ultralytics: 'Ultralytics',
  optimum: 'Optimum',
  folder: 'Folder',
  web: 'Web',
  'edge-impulse': 'Edge Impulse',
}

/** What is known of where a model comes from, besides name and link; its licence and tags. */
export function SourceFacts({ model: { UUID, Source, Licence, Tags } }: { model: FunctionDetail }) {
  const { Kind, Name, Revision, Role, Task, BaseModel } = Source
  const facts = [
    ['Revision', Revision],
    ['Task', Task],
    ['Base model', BaseModel],
  ] as const
  return (
    <>
      {Kind && (
        <Fact label="From">
          {kinds[Kind]}
          {Role && <span className="quiet">{Role}</span>}
          {Name && Kind !== 'folder' && (
            <Link to="/" search={{ Source: Name }}>
              All of this source
            </Link>
          )}
        </Fact>
      )}
      {facts.map(
        ([label, value]) =>
          value && (
            <Fact key={label} label={label}>
              <span className="ellipsis" title={value}>
                {value}
              </span>
            </Fact>
          ),
      )}
      <Fact label="Licence">
        <SavedText
          uuid={UUID}
          label="the licence"
          placeholder="Add a licence"
          maxLength={100}
          value={Licence ?? ''}
          change={(text) => ({ Licence: text === '' ? null : text })}
        />
      </Fact>
      <Fact label="Tags">
        <SavedText
          uuid={UUID}
          label="the tags"
          placeholder="Add tags, separated by commas"
          maxLength={2000}
          value={Tags.join(', ')}
          change={(text) => ({
            Tags: text
              .split(',')
              .map((tag) => tag.trim())
              .filter(Boolean),
          })}
        />
      </Fact>
    </>
  )
}
