#include "shell/fuzzy.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int AtStart = 100;
constexpr int AtWord = 80;
constexpr int Inside = 40;
constexpr int Scattered = 15;

struct Found {
    int score = 0;
    std::vector<Range> ranges;
};

bool startsWord(const QString &text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

std::optional<Found> findRun(const QString &word, const QString &text)
{
    std::optional<Found> best;
    for (qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(word, at + 1, Qt::CaseInsensitive)) {
        const int score = at == 0 ? AtStart : startsWord(text, at) ? AtWord : Inside;
        if (!best || score > best->score)
            best = Found { score, { { at, word.size() } } };
    }
    return best;
}

void addLetter(std::vector<Range> &ranges, qsizetype at)
{
    if (!ranges.empty() && ranges.back().from + ranges.back().length == at)
        ++ranges.back().length;
    else
        ranges.push_back({ at, 1 });
}

// Letters in order; the more pieces, the worse. Two letters fit almost anything, so they do not count.
std::optional<Found> findScattered(const QString &word, const QString &text)
{
    if (word.size() < 3)
        return {};
    Found found;
    qsizetype at = 0;
    for (const QChar letter : word) {
        at = text.indexOf(letter, at, Qt::CaseInsensitive);
        if (at < 0)
            return {};
        addLetter(found.ranges, at++);
    }
    if (qsizetype(found.ranges.size()) * 2 > word.size())
        return {};
    found.score = Scattered - int(found.ranges.size());
    return found;
}

std::optional<Found> findWord(const QString &word, const QString &text)
{
    if (auto run = findRun(word, text))
        return run;
    return findScattered(word, text);
}

bool matchSynonym(FuzzyMatch &match, const QString &word, const QStringList &synonyms)
{
    for (const QString &synonym : synonyms) {
        const auto found = findRun(word, synonym);
        if (!found || found->score < AtWord)
            continue;
        match.score += found->score - 10;
        match.synonym = synonym;
        match.inSynonym = found->ranges.front();
        return true;
    }
    return false;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString &typed, const QString &text, const QStringList &synonyms)
{
    FuzzyMatch match;
    const QStringList wanted = typed.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : wanted) {
        const auto found = findWord(word, text);
        const bool weak = !found || found->score < AtWord;
        if (weak && matchSynonym(match, word, synonyms))
            continue;
        if (!found)
            return {};
        match.score += found->score;
        match.ranges.insert(match.ranges.end(), found->ranges.begin(), found->ranges.end());
    }
    std::ranges::sort(match.ranges, {}, &Range::from);
    return match;
}

} // namespace tidemark
