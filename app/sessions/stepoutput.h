#pragma once

#include <QByteArray>

namespace tidemark {

// What a step says, kept within bounds: its beginning and its end, and how much is missing between.
class StepOutput
{
public:
    void add(const QByteArray &bytes);
    [[nodiscard]] qint64 size() const { return m_size; }
    [[nodiscard]] QByteArray text() const;

private:
    QByteArray m_head;
    QByteArray m_tail;
    qint64 m_size = 0;
};

} // namespace tidemark
