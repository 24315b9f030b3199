#include "procedure/logfold.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int Alike = 9; // from so many on they are folded
constexpr int ShownBefore = 2;
constexpr int ShownBehind = 4;

// Lines that differ only in numbers have the same shape.
QByteArray shapeOf(const QByteArray &line)
{
    QByteArray shape;
    bool number = false;
    for (const char c : line) {
        const bool figure = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
        if (!figure)
            shape += c;
        else if (!number)
            shape += '#';
        number = figure;
    }
    return shape;
}

QString readable(const QByteArray &line)
{
    QString text = QString::fromUtf8(line);
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = c == u'\t' ? u' ' : QChar(QChar::ReplacementCharacter);
    }
    return text;
}

QList<QByteArray> linesOf(const QByteArray &output)
{
    QList<QByteArray> lines = output.split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

} // namespace

std::vector<LogLine> foldedLog(const QByteArray &output, const QSet<int> &opened)
{
    const QList<QByteArray> lines = linesOf(output);
    std::vector<LogLine> rows;
    const auto add = [&](qsizetype from, qsizetype to) {
        for (qsizetype i = from; i < to; ++i)
            rows.push_back({ readable(lines[i]), int(i), 0 });
    };
    for (qsizetype i = 0; i < lines.size();) {
        const QByteArray shape = shapeOf(lines[i]);
        qsizetype end = i + 1;
        while (end < lines.size() && shapeOf(lines[end]) == shape)
            ++end;
        const qsizetype first = i + ShownBefore;
        const qsizetype last = end - ShownBehind;
        if (end - i < Alike || opened.contains(int(first))) {
            add(i, end);
        } else {
            add(i, first);
            rows.push_back({ {}, int(first), int(last - first) });
            add(last, end);
        }
        i = end;
    }
    return rows;
}

std::optional<double> shareTold(const QByteArray &output)
{
    static const QRegularExpression share(uR"((?<![\d.])(\d{1,3}(?:\.\d+)?) ?%)"_s);
    const QString tail = QString::fromUtf8(output.right(4000));
    std::optional<double> told;
    for (auto match = share.globalMatch(tail); match.hasNext();) {
        const double percent = match.next().captured(1).toDouble();
        if (percent <= 100)
            told = percent / 100;
    }
    return told;
}

QString lastLine(const QByteArray &output)
{
    const QList<QByteArray> lines = linesOf(output.right(8000));
    for (auto line = lines.crbegin(); line != lines.crend(); ++line) {
        if (!line->trimmed().isEmpty())
            return readable(line->trimmed());
    }
    return {};
}

} // namespace tidemark
