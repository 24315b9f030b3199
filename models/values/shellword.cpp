#include "values/shellword.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

QByteArray shellWord(const QByteArray &text)
{
    QByteArray inner = text;
    if (const auto end = inner.indexOf('\0'); end >= 0)
        inner.truncate(end);
    return '\'' + inner.replace('\'', "'\\''") + '\'';
}

QString shellWord(const QString &text)
{
    QString inner = text;
    if (const auto end = inner.indexOf(QChar(u'\0')); end >= 0)
        inner.truncate(end);
    return u'\'' + inner.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString shellWordIfNeeded(const QString &text)
{
    const auto plain = [](QChar c) {
        const bool letter = (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
        return letter || u"_-./=:,+@"_s.contains(c);
    };
    const bool safe = !text.isEmpty() && std::all_of(text.begin(), text.end(), plain);
    return safe ? text : shellWord(text);
}

QByteArray shellLine(const QStringList &words)
{
    QByteArray line;
    for (const QString &word : words)
        line += (line.isEmpty() ? "" : " ") + shellWord(word.toUtf8());
    return line;
}

QString readableShellLine(const QStringList &words)
{
    const auto isPlain = [](const QString &word) {
        return !word.isEmpty() && !word.startsWith(u'=') && std::ranges::all_of(word, [](QChar letter) {
            return (letter.unicode() < 128 && letter.isLetterOrNumber())
                || QStringView(u"-_=./:,@+").contains(letter);
        });
    };
    QStringList line;
    for (const QString &word : words)
        line.append(isPlain(word) && !(line.isEmpty() && word.contains(u'=')) ? word : shellWord(word));
    return line.join(u' ');
}

} // namespace tidemark
