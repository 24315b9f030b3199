#include "sources/plainfile.h"

namespace tidemark {

bool PlainFile::take(QByteArrayView bytes, const Sink &sink)
{
    if (!m_any && !bytes.isEmpty()) {
        if (m_packing == Packing::None)
            m_packing = packingOf(bytes);
        if (m_packing != Packing::None)
            m_unpacker = Unpacker::make(m_packing);
        m_any = true;
    }
    return m_unpacker ? m_unpacker->take(bytes, sink) : sink(bytes);
}

QString PlainFile::damage(bool wholeWanted) const
{
    if (!m_unpacker)
        return {};
    return wholeWanted ? m_unpacker->finish() : m_unpacker->damage();
}

} // namespace tidemark
