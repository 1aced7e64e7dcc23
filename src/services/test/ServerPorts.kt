package twitchactors.services

import java.net.ServerSocket

internal object ServerPorts {
    fun unused(): Int = ServerSocket(0, 1, Ports.LOOPBACK).use { it.localPort }
}
