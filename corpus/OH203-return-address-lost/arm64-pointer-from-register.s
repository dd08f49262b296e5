// arch: arm64
// rule: OH203
// expect: OH203 f+0x44
// expect: OH303 f+0x38
// flags: -O2
// source: the twin of arm64-pointer-from-memory.silent.s
// why: the address is computed from SP in registers, and lies 24 bytes above a local object: the return address

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, #64
	.cfi_def_cfa_offset 64
	stp	x29, x30, [sp, #32]
	str	x19, [sp, #48]
	add	x29, sp, #32
	.cfi_def_cfa x29, 32
	.cfi_offset x19, -16
	.cfi_offset x30, -24
	.cfi_offset x29, -32
	add	x8, sp, #8
	mov	w19, w0
	add	x0, sp, #8
	add	x8, x8, #8
	str	x8, [sp, #8]
	bl	grow
	add	x8, sp, #16	// planted
	sxtw	x9, w19
	ldrb	w0, [x8]
	str	x9, [x8, #24]
	.cfi_def_cfa sp, 64
	ldp	x29, x30, [sp, #32]
	ldr	x19, [sp, #48]
	add	sp, sp, #64
	.cfi_def_cfa_offset 0
	.cfi_restore x19
	.cfi_restore x30
	.cfi_restore x29
	ret
	.cfi_endproc
	.size	f, .-f
