#include "support/authority.h"

#include "lab/unprivileged.h"

#include <QFile>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

using namespace Qt::StringLiterals;

namespace tidemark::test {

namespace {

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T *thing) const
    {
        Free(thing);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;

long nextSerial()
{
    static long serial = 100;
    return ++serial;
}

Certificate blank(EVP_PKEY *key, const QByteArray &name, std::chrono::seconds validFor)
{
    Certificate certificate(X509_new());
    X509 *x509 = certificate.get();
    X509_set_version(x509, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), nextSerial());
    X509_gmtime_adj(X509_getm_notBefore(x509), -7L * 24 * 3600);
    X509_gmtime_adj(X509_getm_notAfter(x509), static_cast<long>(validFor.count()));
    X509_set_pubkey(x509, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_UTF8,
        reinterpret_cast<const unsigned char *>(name.constData()), -1, -1, 0);
    return certificate;
}

void extend(X509 *certificate, X509 *issuer, int kind, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

void writeFile(const QString &path, auto write)
{
    BIO *bio = BIO_new_file(QFile::encodeName(path).constData(), "w");
    write(bio);
    BIO_free(bio);
}

} // namespace

struct Authority::Parts {
    Key key;
    Certificate certificate;
};

Authority::Authority(const QString &folder, const QString &name)
    : m_folder(folder)
    , m_file(folder + u'/' + name + u".crt"_s)
    , m_parts(std::make_unique<Parts>())
{
    m_parts->key.reset(EVP_EC_gen("P-256"));
    m_parts->certificate
        = blank(m_parts->key.get(), "Test authority " + name.toUtf8(), std::chrono::hours(48));
    X509 *x509 = m_parts->certificate.get();
    X509_set_issuer_name(x509, X509_get_subject_name(x509));
    extend(x509, x509, NID_basic_constraints, "critical,CA:TRUE");
    extend(x509, x509, NID_key_usage, "critical,keyCertSign,cRLSign");
    X509_sign(x509, m_parts->key.get(), EVP_sha256());
    writeFile(m_file, [x509](BIO *bio) { PEM_write_bio_X509(bio, x509); });
}

Authority::~Authority() = default;

Authority::Leaf Authority::issue(const QString &file, const QByteArray &names, std::chrono::seconds validFor)
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate = blank(key.get(), "server", validFor);
    X509 *x509 = certificate.get();
    X509_set_issuer_name(x509, X509_get_subject_name(m_parts->certificate.get()));
    extend(x509, m_parts->certificate.get(), NID_subject_alt_name, names.constData());
    X509_sign(x509, m_parts->key.get(), EVP_sha256());
    const Leaf leaf { m_folder + u'/' + file + u".crt"_s, m_folder + u'/' + file + u".key"_s };
    writeFile(leaf.certificateFile, [x509](BIO *bio) { PEM_write_bio_X509(bio, x509); });
    writeFile(leaf.keyFile, [&key](BIO *bio) {
        PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    QFile::setPermissions(leaf.keyFile, QFile::ReadOwner | QFile::WriteOwner);
    static_cast<void>(lab::giveAway(leaf.keyFile));
    return leaf;
}

} // namespace tidemark::test
