#pragma once

#include <QByteArray>

namespace tidemark::test {

// The text of pg_dump 17 from a server of 15, around what it dumps.
[[nodiscard]] inline QByteArray plainText(const QByteArray &middle = {})
{
    return "--\n-- PostgreSQL database dump\n--\n\n\\restrict Xy\n\n-- Dumped from database version 15.20 "
           "(Debian)\n"
           "-- Dumped by pg_dump version 17.12 (Debian)\n\nSET statement_timeout = 0;\n"
        + middle + "--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict Xy\n\n";
}

// The text of pg_dumpall: globals alone, or with the dumps of databases in the middle.
[[nodiscard]] inline QByteArray clusterText(const QByteArray &middle)
{
    return "--\n-- PostgreSQL database cluster dump\n--\n\nCREATE ROLE clerk;\n" + middle
        + "--\n-- PostgreSQL database cluster dump complete\n--\n\n";
}

} // namespace tidemark::test
