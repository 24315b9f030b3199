#include "standin/certificate.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

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
using Buffer = std::unique_ptr<BIO, Freer<BIO_free_all>>;

void addExtension(X509 *certificate, int kind, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

void addName(X509_NAME *name, const char *field, const QByteArray &value)
{
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
        reinterpret_cast<const unsigned char *>(value.constData()), int(value.size()), -1, 0);
}

Certificate selfSigned(EVP_PKEY *key, const QString &commonName)
{
    Certificate certificate(X509_new());
    X509 *x = certificate.get();
    X509_set_version(x, 2);
    unsigned char serial[8];
    RAND_bytes(serial, sizeof serial);
    serial[0] &= 0x7f;
    BIGNUM *number = BN_bin2bn(serial, sizeof serial, nullptr);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(x));
    BN_free(number);
    X509_gmtime_adj(X509_getm_notBefore(x), -3600);
    X509_time_adj_ex(X509_getm_notAfter(x), 365 * 100, 0, nullptr);
    X509_set_pubkey(x, key);
    X509_NAME *name = X509_get_subject_name(x);
    addName(name, "O", "Tidemark stand-in backup server");
    addName(name, "CN", commonName.toUtf8());
    X509_set_issuer_name(x, name);
    addExtension(x, NID_basic_constraints, "CA:FALSE");
    addExtension(x, NID_ext_key_usage, "serverAuth");
    addExtension(x, NID_subject_alt_name, "IP:127.0.0.1,IP:::1,DNS:localhost");
    X509_sign(x, key, EVP_sha256());
    return certificate;
}

QByteArray contents(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return { data, qsizetype(size) };
}

QByteArray pemOf(X509 *certificate)
{
    const Buffer bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    return contents(bio.get());
}

QByteArray pemOf(EVP_PKEY *key)
{
    const Buffer bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return contents(bio.get());
}

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeAll(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(bytes) == bytes.size() && file.commit();
}

} // namespace

QString Identity::fingerprint() const
{
    return QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':'));
}

Identity makeIdentity(const QString &commonName)
{
    const Key key(EVP_RSA_gen(2048));
    const Certificate certificate = selfSigned(key.get(), commonName);
    return { QSslCertificate(pemOf(certificate.get())), QSslKey(pemOf(key.get()), QSsl::Rsa) };
}

bool saveIdentity(const Identity &identity, const QString &folder)
{
    const QDir dir(folder);
    return writeAll(dir.filePath(u"proxy.key"_s), identity.key.toPem())
        && writeAll(dir.filePath(u"proxy.pem"_s), identity.certificate.toPem());
}

Identity identityIn(const QString &folder, const QString &commonName)
{
    const QDir dir(folder);
    Identity kept { QSslCertificate(readAll(dir.filePath(u"proxy.pem"_s))),
        QSslKey(readAll(dir.filePath(u"proxy.key"_s)), QSsl::Rsa) };
    if (!kept.certificate.isNull() && !kept.key.isNull())
        return kept;
    Identity made = makeIdentity(commonName);
    if (!saveIdentity(made, folder))
        made.certificate = QSslCertificate();
    return made;
}

} // namespace tidemark::standin
