// arch: x86-64
// flags: gcc-12 -O2 -fcall-saved-r10
// expect: silent
// source: gcc-12 -O2 -fcall-saved-r10 -fcall-used-rbx, shortened
// why: the register is saved, described and restored like any other that a call preserves

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%r10
	.cfi_def_cfa_offset 16
	.cfi_offset 10, -16
	movl	%edi, %r10d
	call	g@PLT
	addl	%r10d, %eax
	popq	%r10
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
