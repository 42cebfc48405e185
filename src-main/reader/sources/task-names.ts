/** What a network's head is for, in the words of the Hub: by the end of a Transformers class, or Ultralytics' own word. */
const tasks: readonly (readonly [RegExp, string])[] = [
  [/ForCausalLM$/, 'text-generation'],
  [/ForMaskedLM$/, 'fill-mask'],
  [/ForSequenceClassification$/, 'text-classification'],
  [/ForTokenClassification$/, 'token-classification'],
  [/ForQuestionAnswering$/, 'question-answering'],
  [/ForMultipleChoice$/, 'multiple-choice'],
  [/^(Whisper|Speech2Text|MoonshineF).*ForConditionalGeneration$|ForCTC$/, 'automatic-speech-recognition'],
  [/ForImageClassification$|^classify$/, 'image-classification'],
  [/ForObjectDetection$|^(detect|obb)$/, 'object-detection'],
  [/For(Semantic|Instance|Universal|Image)Segmentation$|^segment$/, 'image-segmentation'],
  [/ForDepthEstimation$/, 'depth-estimation'],
  [/ForAudioClassification$|ForSequenceClassification$/, 'audio-classification'],
  [/^pose$/, 'keypoint-detection'],
]

/** The task of a class or word; null where it says none. */
export function taskOf(name: string): string | null {
  return tasks.find(([pattern]) => pattern.test(name))?.[1] ?? null
}
