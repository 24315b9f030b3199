#pragma once

#include "unpack/unpacker.h"

namespace tidemark {

// Plain bytes of a file, packed or not, handed on as they come. Some tools pack without saying so in the
// name.
class PlainFile
{
public:
    using Sink = std::function<bool(QByteArrayView)>;

    explicit PlainFile(const QByteArray &name)
        : m_packing(packingOfName(name))
    {
    }
    // False: more is of no use.
    bool take(QByteArrayView bytes, const Sink &sink);
    // What is wrong with the packing, empty: nothing. An empty packed file is as empty as a plain one.
    [[nodiscard]] QString damage(bool wholeWanted) const;

private:
    Packing m_packing;
    std::unique_ptr<Unpacker> m_unpacker;
    bool m_any = false;
};

} // namespace tidemark
