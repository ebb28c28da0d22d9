/** Words that stand in almost every English sentence and in no Italian one. */
const english =
  /\b(the|of|and|is|are|was|were|not|with|this|that|from|for|by|has|have|had|can|cannot|could|there|to|on|or|an|at|as|will|would|its|his|their|which|what|when|where|why|who|than|more|it|be|been|does|did|you|your|must|may|already|only|usually|again|every|after|before|nothing|something|failed|failure|found|items?|bytes|days|hours?|minutes|seconds|years?|ago|warnings?|error|source|sources|topic|topics|story|stories|page|pages|address|document|answer|answered|search|save|add|remove|edit|unknown|invalid)\b/gi;

/** The English words of a text, without what is quoted and names of files and keys (`sources.yaml`, `retention.items`). */
export function englishWords(text: string): readonly string[] {
  return text.replace(/"[^"]*"|`[^`]*`|“[^”]*”|[\w-]+[./:[][\w./:[\]-]+/g, ' ').match(english) ?? [];
}
