#include "yaml/keys.h"

#include <algorithm>
#include <numeric>

namespace tidemark::yaml {

const KeySpec *MapSpec::find(const QString &key) const
{
    const auto found
        = std::find_if(keys.begin(), keys.end(), [&](const KeySpec &spec) { return spec.key == key; });
    return found == keys.end() ? nullptr : &*found;
}

QStringList MapSpec::known() const
{
    QStringList all;
    for (const KeySpec &spec : keys)
        all << spec.key;
    return all;
}

// Insertions, deletions, replacements and swapped neighbours count one each.
static int distance(const QString &a, const QString &b)
{
    const auto width = static_cast<std::size_t>(b.size()) + 1;
    std::vector<int> before(width);
    std::vector<int> above(width);
    std::vector<int> row(width);
    std::iota(above.begin(), above.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = static_cast<int>(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            const int change = above[at - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[at] = std::min({ change, above[at] + 1, row[at - 1] + 1 });
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped)
                row[at] = std::min(row[at], before[at - 2] + 1);
        }
        before.swap(above);
        above.swap(row);
    }
    return above[width - 1];
}

static QString plainWord(const QString &word)
{
    return word.toLower().replace(u'-', u'_').replace(u' ', u'_');
}

QString nearest(const QString &word, const QStringList &candidates)
{
    if (word.size() > 60)
        return {};
    const QString plain = plainWord(word);
    QString best;
    int least = std::max(1, static_cast<int>(plain.size()) / 3) + 1;
    for (const QString &candidate : candidates) {
        const int far = distance(plain, plainWord(candidate));
        if (far < least) {
            least = far;
            best = candidate;
        }
    }
    return best;
}

} // namespace tidemark::yaml
