/** Takes the picture of the library as it was last seen away: what is below it is as good, or something else. */
export function keepStartUpPreview(): void {
  document.getElementById('last-seen')?.remove()
}
