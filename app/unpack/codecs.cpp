#include "unpack/codecs.h"

#include <algorithm>
#include <bzlib.h>
#include <lz4frame.h>
#include <zlib.h>
#include <zstd.h>

namespace tidemark {

namespace {

constexpr qsizetype Most = 1 << 20; // handed to a library at once

QByteArrayView portion(QByteArrayView packed)
{
    return packed.first(std::min(packed.size(), Most));
}

class Gzip : public Unpacker
{
public:
    ~Gzip() override { end(); }

protected:
    Progress unpack(QByteArrayView packed, char *room, qsizetype size) override
    {
        const QByteArrayView in = portion(packed);
        // The library reads only, whatever its type says.
        m_stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(in.data()));
        m_stream.avail_in = static_cast<uInt>(in.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(room);
        m_stream.avail_out = static_cast<uInt>(size);
        const int answer = ::inflate(&m_stream, Z_NO_FLUSH);
        Progress progress { Step::More, in.size() - qsizetype(m_stream.avail_in),
            size - qsizetype(m_stream.avail_out) };
        if (answer == Z_STREAM_END)
            progress.step = Step::StreamEnd;
        else if (answer != Z_OK && answer != Z_BUF_ERROR)
            progress.step = Step::Damaged;
        return progress;
    }
    bool restart() override
    {
        if (m_begun)
            return inflateReset(&m_stream) == Z_OK;
        m_begun = inflateInit2(&m_stream, MAX_WBITS + 16) == Z_OK;
        return m_begun;
    }

private:
    void end()
    {
        if (m_begun)
            inflateEnd(&m_stream);
    }

    z_stream m_stream {};
    bool m_begun = false;
};

class Zstd : public Unpacker
{
protected:
    Progress unpack(QByteArrayView packed, char *room, qsizetype size) override
    {
        ZSTD_inBuffer in { packed.data(), static_cast<std::size_t>(packed.size()), 0 };
        ZSTD_outBuffer out { room, static_cast<std::size_t>(size), 0 };
        const std::size_t answer = ZSTD_decompressStream(m_context.get(), &out, &in);
        Progress progress { Step::More, static_cast<qsizetype>(in.pos), static_cast<qsizetype>(out.pos) };
        if (ZSTD_isError(answer) != 0)
            progress.step = Step::Damaged;
        else if (answer == 0)
            progress.step = Step::StreamEnd;
        return progress;
    }
    bool restart() override
    {
        if (m_context == nullptr) {
            m_context.reset(ZSTD_createDCtx());
            // What `zstd --long` writes needs a window of up to 2^31 bytes; a hostile file may not ask for
            // it.
            if (m_context != nullptr)
                ZSTD_DCtx_setParameter(m_context.get(), ZSTD_d_windowLogMax, LongestWindow);
        }
        return m_context != nullptr
            && ZSTD_isError(ZSTD_DCtx_reset(m_context.get(), ZSTD_reset_session_only)) == 0;
    }

private:
    static constexpr int LongestWindow = 27; // 128 MiB: what `zstd --long` takes without further words

    struct Free {
        void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
    };
    std::unique_ptr<ZSTD_DCtx, Free> m_context;
};

class Lz4 : public Unpacker
{
protected:
    Progress unpack(QByteArrayView packed, char *room, qsizetype size) override
    {
        auto made = static_cast<std::size_t>(size);
        auto taken = static_cast<std::size_t>(packed.size());
        const std::size_t answer
            = LZ4F_decompress(m_context.get(), room, &made, packed.data(), &taken, nullptr);
        Progress progress { Step::More, static_cast<qsizetype>(taken), static_cast<qsizetype>(made) };
        if (LZ4F_isError(answer) != 0)
            progress.step = Step::Damaged;
        else if (answer == 0)
            progress.step = Step::StreamEnd;
        return progress;
    }
    bool restart() override
    {
        if (m_context != nullptr) {
            LZ4F_resetDecompressionContext(m_context.get());
            return true;
        }
        LZ4F_dctx *made = nullptr;
        if (LZ4F_isError(LZ4F_createDecompressionContext(&made, LZ4F_VERSION)) != 0)
            return false;
        m_context.reset(made);
        return true;
    }

private:
    struct Free {
        void operator()(LZ4F_dctx *context) const { LZ4F_freeDecompressionContext(context); }
    };
    std::unique_ptr<LZ4F_dctx, Free> m_context;
};

class Bzip2 : public Unpacker
{
public:
    ~Bzip2() override { end(); }

protected:
    Progress unpack(QByteArrayView packed, char *room, qsizetype size) override
    {
        const QByteArrayView in = portion(packed);
        m_stream.next_in = const_cast<char *>(in.data());
        m_stream.avail_in = static_cast<unsigned>(in.size());
        m_stream.next_out = room;
        m_stream.avail_out = static_cast<unsigned>(size);
        const int answer = BZ2_bzDecompress(&m_stream);
        Progress progress { Step::More, in.size() - qsizetype(m_stream.avail_in),
            size - qsizetype(m_stream.avail_out) };
        if (answer == BZ_STREAM_END)
            progress.step = Step::StreamEnd;
        else if (answer != BZ_OK)
            progress.step = Step::Damaged;
        return progress;
    }
    bool restart() override
    {
        end();
        m_stream = {};
        m_begun = BZ2_bzDecompressInit(&m_stream, 0, 0) == BZ_OK;
        return m_begun;
    }

private:
    void end()
    {
        if (m_begun)
            BZ2_bzDecompressEnd(&m_stream);
        m_begun = false;
    }

    bz_stream m_stream {};
    bool m_begun = false;
};

} // namespace

std::unique_ptr<Unpacker> gzipUnpacker()
{
    return std::make_unique<Gzip>();
}
std::unique_ptr<Unpacker> zstdUnpacker()
{
    return std::make_unique<Zstd>();
}
std::unique_ptr<Unpacker> lz4Unpacker()
{
    return std::make_unique<Lz4>();
}
std::unique_ptr<Unpacker> bzip2Unpacker()
{
    return std::make_unique<Bzip2>();
}

} // namespace tidemark
