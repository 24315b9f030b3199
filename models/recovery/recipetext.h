#pragma once

#include "recovery/recipe.h"

namespace tidemark {

// The recipe as a text to copy: lines for a shell, everything else as comments. `title` says what one gets.
[[nodiscard]] QString recipeText(const Recipe &recipe, const QStringList &title);
[[nodiscard]] QString wordsFor(Recipe::Note note);
// How far a snapshot agrees with the database in it, as far as it is told.
[[nodiscard]] QString wordsFor(Quiesced quiesced);

} // namespace tidemark
