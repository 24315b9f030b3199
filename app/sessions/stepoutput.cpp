#include "sessions/stepoutput.h"

namespace tidemark {

namespace {

constexpr qsizetype MostHead = 1 << 20;
constexpr qsizetype MostTail = 3 << 20;

} // namespace

void StepOutput::add(const QByteArray &bytes)
{
    m_size += bytes.size();
    const qsizetype room = std::min(MostHead - m_head.size(), bytes.size());
    m_head.append(bytes.constData(), room);
    m_tail.append(bytes.constData() + room, bytes.size() - room);
    if (m_tail.size() > 2 * MostTail)
        m_tail.remove(0, m_tail.size() - MostTail);
}

QByteArray StepOutput::text() const
{
    const QByteArray tail = m_tail.right(MostTail);
    const qint64 missing = m_size - m_head.size() - tail.size();
    if (missing <= 0)
        return m_head + tail;
    return m_head + "\n… " + QByteArray::number(missing) + " bytes are not kept …\n" + tail;
}

} // namespace tidemark
